package org.milena.listexpander.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.milena.common.directory.Account;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailEvent;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.settings.AnswerSettings;
import org.milena.common.settings.AutoAnswer;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;

/**
 * Answers that owners wrote for whoever writes to an address of the list: to a proven author, once
 * in so many days, and never to what must not be answered (RFC 3834).
 */
public final class AutoAnswers {

  /** Which address was written to. */
  public enum Door {
    POSTS,
    OWNER,
    REQUESTS
  }

  private final Notices notices;
  private final Texts texts;

  public AutoAnswers(Notices notices, Texts texts) {
    this.notices = notices;
    this.texts = texts;
  }

  /**
   * Answers, where the list does and the author is proven.
   *
   * @return whether the mail goes on to where it was sent
   */
  public boolean answer(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      Door door,
      Optional<Account> submitter,
      Instant now) {
    AnswerSettings settings = list.settings().answers();
    AutoAnswer mode = mode(settings, door);
    if (mode == AutoAnswer.NONE) {
      return true;
    }
    String told =
        mail.provenAuthor(submitter)
            .map(author -> once(ledger, list, mail, door, author, now))
            .orElse("The author's address is not proven, so nobody was answered.");
    boolean goesOn = mode == AutoAnswer.CONTINUE;
    ledger.tell(
        mail.event(
            now,
            goesOn ? MailEvent.Kind.NOTICE : MailEvent.Kind.DISCARDED,
            list.id(),
            (goesOn ? "" : "Discarded, as mail to this address is only answered. ") + told,
            0));
    return goesOn;
  }

  private String once(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      Door door,
      Authorship.Proven author,
      Instant now) {
    AnswerSettings settings = list.settings().answers();
    String key =
        Topics.listKey(
            list.id(),
            "answered." + door.name().toLowerCase(Locale.ROOT) + "." + author.author().key());
    boolean answered =
        ledger.seen(key).map(SeenPost::until).map(until -> now.isBefore(until)).orElse(false);
    if (answered) {
      return author.author() + " had this answer already.";
    }
    String told =
        notices.answer(
            ledger,
            list,
            mail,
            author,
            texts.automatic(ledger, list, author.author(), door, text(settings, door)),
            now);
    if (settings.answerDays() > 0) {
      ledger.put(
          key, new SeenPost(mail.id(), now, now.plus(Duration.ofDays(settings.answerDays()))));
    }
    return told;
  }

  private static AutoAnswer mode(AnswerSettings settings, Door door) {
    return switch (door) {
      case POSTS -> settings.answerPosts();
      case OWNER -> settings.answerOwner();
      case REQUESTS -> settings.answerRequests();
    };
  }

  private static String text(AnswerSettings settings, Door door) {
    return switch (door) {
      case POSTS -> settings.answerPostsText();
      case OWNER -> settings.answerOwnerText();
      case REQUESTS -> settings.answerRequestsText();
    };
  }
}
