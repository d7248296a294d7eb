package org.milena.listexpander.moderation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.ModerationTexts;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.posting.RuleHit;
import org.milena.listexpander.posting.Words;

/** Holds posts, and gives them back. */
public final class HeldPosts {
  /** What a post's note among the seen ones is made under. */
  public static final String POST = "post";

  private final ModeratorNotes moderators;
  private final Notices notices;
  private final ModerationTexts texts;

  public HeldPosts(ModeratorNotes moderators, Notices notices, ModerationTexts texts) {
    this.moderators = moderators;
    this.notices = notices;
    this.texts = texts;
  }

  /**
   * Keeps a post for the moderators of a list, and tells them; its author, too, when it is certain
   * who that is.
   *
   * @param submitter the account that submitted it, if one did
   */
  public void hold(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      List<RuleHit> hits,
      Optional<Account> submitter,
      Instant now) {
    String holdId = HoldIds.of(list.id(), mail.id());
    ledger.send(
        MailRecords.mail(
            Topics.HELD, holdId, RecordType.HELD_MAIL, mail.meta(), mail.id(), mail.message()),
        position -> {
          Hold hold =
              new Hold(
                  holdId,
                  list.id(),
                  mail.id(),
                  new MailPointer(position, mail.id(), mail.message().sha256()),
                  mail.facts().authorText(),
                  mail.facts().subject(),
                  mail.message().size(),
                  now,
                  RuleHit.reasons(hits),
                  RuleHit.sentences(hits),
                  writer(mail, submitter),
                  null,
                  null);
          ledger.put(hold);
          String told = moderators.tell(ledger, list, hold, now);
          String toAuthor = tellAuthor(ledger, list, hold, mail, submitter, now);
          ledger.tell(
              mail.event(
                  now,
                  MailEvent.Kind.HELD,
                  list.id(),
                  "Held as %s. %s %s%s"
                      .formatted(holdId, story(mail, hits, submitter), told, toAuthor),
                  0));
        });
  }

  private static Hold.@Nullable Writer writer(ListMail mail, Optional<Account> submitter) {
    boolean proven = mail.provenAuthor(submitter).isPresent();
    return mail.facts().onlyAuthor().map(author -> new Hold.Writer(author, proven)).orElse(null);
  }

  private String tellAuthor(
      Ledger ledger,
      MailingList list,
      Hold hold,
      ListMail mail,
      Optional<Account> submitter,
      Instant now) {
    if (!list.settings().moderation().tellHeldAuthors()) {
      return "";
    }
    return mail.provenAuthor(submitter)
        .map(author ->
            " To the author: "
                + notices.answer(
                    ledger,
                    list,
                    mail,
                    author,
                    texts.heldForAuthor(ledger, list, author.author(), hold),
                    now))
        .orElse("");
  }

  /**
   * Gives a post back to its author when it is certain who that is; else only the trace knows: a
   * notice to a forged address would be an attack on its owner.
   *
   * @param comment a moderator's words; may be empty
   */
  public void reject(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      List<RuleHit> hits,
      String comment,
      Optional<Account> submitter,
      Instant now) {
    String told =
        mail.provenAuthor(submitter)
            .map(author ->
                notices.answer(
                    ledger,
                    list,
                    mail,
                    author,
                    texts.rejected(
                        ledger,
                        list,
                        author.author(),
                        mail.facts().subject(),
                        RuleHit.sentences(hits),
                        comment),
                    now))
            .orElse("The author's address is not proven, so nobody was told.");
    ledger.tell(
        mail.event(
            now,
            MailEvent.Kind.REJECTED,
            list.id(),
            "Rejected. " + story(mail, hits, submitter) + " " + told,
            0));
  }

  /** The reasons, and whether the author is proven where they do not say it. */
  private static String story(ListMail mail, List<RuleHit> hits, Optional<Account> submitter) {
    return Words.told(hits, mail.authorship(submitter));
  }
}
