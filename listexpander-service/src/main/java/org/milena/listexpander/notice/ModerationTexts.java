package org.milena.listexpander.notice;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.event.Hold;
import org.milena.common.event.Sentence;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.sentence.Sentences;
import org.milena.listexpander.template.Language;
import org.milena.listexpander.template.TemplateName;

/** What moderators are told of posts that wait, and authors of theirs. */
public final class ModerationTexts {
  private final Texts texts;
  private final SiteUrls urls;

  public ModerationTexts(Texts texts, SiteUrls urls) {
    this.texts = texts;
    this.urls = urls;
  }

  /**
   * For one moderator.
   *
   * @param token of this one for this post
   */
  public Notice held(
      Ledger ledger, MailingList list, Hold hold, MailAddress moderator, String token) {
    Language language = Texts.language(ledger, list, moderator);
    return texts.owner(
        ledger,
        list,
        language,
        TemplateName.HELD_POST,
        Map.of(
            "sender_email", hold.author(),
            "subject", OwnValues.subject(hold.subject(), language),
            "size", String.format(language.locale(), "%,d", hold.size()),
            "reasons", OwnValues.bullets(hold.why(), language),
            "decide_url", urls.moderate(token),
            "queue_url", urls.heldQueue()));
  }

  /**
   * For one moderator, once a day.
   *
   * @param holds some of those that wait
   * @param count how many wait
   * @param requests those that wait as well
   * @param tokens of this one, one for each of the posts
   */
  public Notice waiting(
      Ledger ledger,
      MailingList list,
      List<Hold> holds,
      int count,
      List<PendingRequest> requests,
      MailAddress moderator,
      List<String> tokens) {
    Language language = Texts.language(ledger, list, moderator);
    StringJoiner posts = new StringJoiner("\n\n");
    for (int i = 0; i < holds.size(); i++) {
      Hold hold = holds.get(i);
      posts.add(
          "%s: %s\n%s\n  %s"
              .formatted(
                  hold.author(),
                  OwnValues.subject(hold.subject(), language),
                  OwnValues.bullets(hold.why(), language),
                  urls.moderate(tokens.get(i))));
    }
    if (count > holds.size()) {
      posts.add("+ " + (count - holds.size()));
    }
    return texts.owner(
        ledger,
        list,
        language,
        TemplateName.SUMMARY,
        Map.of(
            "count",
            String.valueOf(count + requests.size()),
            "posts",
            posts.toString(),
            "requests",
            Words.of(language).requests(requests)));
  }

  /** For a moderator whose answer was not carried out. */
  public Notice notDecided(
      Ledger ledger, MailingList list, Hold hold, MailAddress moderator, Sentence why) {
    Language language = Texts.language(ledger, list, moderator);
    return texts.owner(
        ledger,
        list,
        language,
        TemplateName.NOT_DECIDED,
        Map.of(
            "subject", OwnValues.subject(hold.subject(), language),
            "reason", Sentences.in(language, why),
            "queue_url", urls.heldQueue()));
  }

  /** For an author whose address is proven. */
  public Notice heldForAuthor(Ledger ledger, MailingList list, MailAddress to, Hold hold) {
    Language language = Texts.language(ledger, list, to);
    return texts.owner(
        ledger,
        list,
        language,
        TemplateName.HELD_FOR_AUTHOR,
        Map.of(
            "subject", OwnValues.subject(hold.subject(), language),
            "reasons", OwnValues.bullets(hold.why(), language)));
  }

  /** For an author whose address is proven. */
  public Notice rejected(
      Ledger ledger,
      MailingList list,
      MailAddress to,
      String subject,
      List<Sentence> reasons,
      String comment) {
    Language language = Texts.language(ledger, list, to);
    return texts.owner(
        ledger,
        list,
        language,
        TemplateName.REJECTED,
        Map.of(
            "subject", OwnValues.subject(subject, language),
            "reasons", OwnValues.bullets(reasons, language),
            "comment", comment.strip()));
  }
}
