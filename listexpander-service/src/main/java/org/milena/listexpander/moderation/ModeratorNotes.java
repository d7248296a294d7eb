package org.milena.listexpander.moderation;

import java.time.Instant;
import java.util.List;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.PendingRequest;
import org.milena.common.event.Hold;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.ModerationTexts;
import org.milena.listexpander.notice.Notice;
import org.milena.listexpander.notice.Notices;

/** Tells moderators what waits for them: each one for himself, with tokens of his own. */
public final class ModeratorNotes {
  /** Octets of a local part (RFC 5321 section 4.5.3.1.1). */
  private static final int MAX_LOCAL_PART = 64;

  private static final String ROLE = "moderate";

  /** Most posts in one daily mail. */
  private static final int MAX_POSTS = 100;

  private final ModeratorTokens tokens;
  private final Notices notices;
  private final ModerationTexts texts;

  public ModeratorNotes(ModeratorTokens tokens, Notices notices, ModerationTexts texts) {
    this.tokens = tokens;
    this.notices = notices;
    this.texts = texts;
  }

  /**
   * Tells of one held post, as the list wants it.
   *
   * @return what happened, as a sentence
   */
  String tell(Ledger ledger, MailingList list, Hold hold, Instant now) {
    return switch (list.settings().moderation().moderatorNotices()) {
      case EACH ->
          notices.tellModerators(
              ledger,
              list,
              moderator -> held(ledger, list, hold, moderator, now),
              hold.mailId(),
              now);
      case DAILY -> "Moderators hear of it once a day.";
      case NONE -> "Moderators are not told.";
    };
  }

  /**
   * The mail about one post comes from an address that the answer decides by. Where the name of the
   * list is too long for that, the subject carries the tag.
   */
  private Notice held(
      Ledger ledger, MailingList list, Hold hold, MailAddress moderator, Instant now) {
    String tag = tokens.tag(hold, moderator, now);
    String role = ROLE + "+" + tag;
    boolean fits =
        list.address().localPart().length() + 1 + role.length() <= MAX_LOCAL_PART
            && list.address().isAscii();
    Notice notice = texts.held(ledger, list, hold, moderator, tokens.link(hold, moderator, now));
    return fits
        ? new Notice(role, notice.subject(), notice.text())
        : new Notice(ROLE, "(" + tag + ") " + notice.subject(), notice.text());
  }

  /**
   * Tells of everything that waits, in one mail.
   *
   * @param waiting oldest first
   */
  void tellDaily(
      Ledger ledger,
      MailingList list,
      List<Hold> waiting,
      List<PendingRequest> requests,
      Instant now) {
    List<Hold> some = waiting.subList(0, Math.min(MAX_POSTS, waiting.size()));
    notices.tellEachModerator(
        ledger,
        list,
        moderator ->
            texts.waiting(
                ledger,
                list,
                some,
                waiting.size(),
                requests,
                moderator,
                some.stream().map(hold -> tokens.link(hold, moderator, now)).toList()),
        now);
  }
}
