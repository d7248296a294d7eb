package org.milena.listexpander.moderation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.HeldChange.DecideHeld;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent;
import org.milena.common.event.Sentence;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.MailReader;
import org.milena.common.table.Table;
import org.milena.listexpander.audit.Audit;
import org.milena.listexpander.incoming.FirstText;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.ModerationTexts;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.sentence.Phrase;

/**
 * Decides about held posts by what moderators answer to a notice.
 *
 * <p>What is required: the token of the notice, which was sent to one address only; this very
 * address as the one author in {@code From}; and that it moderates the list at this moment. No more
 * is asked, no DMARC and no {@code Approved} line: who has the token can read the moderator's mail
 * or was given it, and the link in the same notice would do as much. {@code From} alone proves
 * nothing, and without the token nothing is done and nobody is told. A machine decides nothing, not
 * even with a token: an answer from a holiday quotes what it answers.
 */
public final class ModeratorReplies {
  private static final int MAX_OCTETS = 64 * 1024;

  /** More posts than this hardly come to a list in one millisecond. */
  private static final int IN_A_MILLISECOND = 64;

  private final ModeratorTokens tokens;
  private final HeldDecisions decisions;
  private final Notices notices;
  private final ModerationTexts texts;

  public ModeratorReplies(
      ModeratorTokens tokens, HeldDecisions decisions, Notices notices, ModerationTexts texts) {
    this.tokens = tokens;
    this.decisions = decisions;
    this.notices = notices;
    this.texts = texts;
  }

  /**
   * Reads the post that an answer is about, before the transaction.
   *
   * @param detail behind the {@code +} of the address; null without one
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  public HeldContent fetch(
      Table<Hold> holds,
      MailReader mailReader,
      ListId list,
      @Nullable String detail,
      ListMail mail,
      Instant now) {
    return tag(detail, mail)
        .flatMap(tag ->
            holds.scan(HoldIds.prefix(list, tag.cameAt()), "", IN_A_MILLISECOND).stream()
                .map(Map.Entry::getValue)
                .filter(hold -> isFor(hold, list, tag, mail, now))
                .findFirst())
        .map(hold -> HeldContent.of(hold, mailReader))
        .orElseGet(HeldContent.Unknown::new);
  }

  /** Carries an answer out. */
  public void take(
      Ledger ledger,
      MailingList list,
      @Nullable String detail,
      ListMail mail,
      HeldContent content,
      Instant now) {
    Optional<String> machine = machine(mail);
    Optional<ModeratorTokens.Tag> tag = tag(detail, mail);
    Optional<MailAddress> author = mail.facts().onlyAuthor();
    if (machine.isPresent()) {
      discard(ledger, list, mail, "a machine decides nothing, and " + machine.get(), now);
    } else if (tag.isEmpty()) {
      discard(ledger, list, mail, "it answers no question of ours to a moderator", now);
    } else if (author.isEmpty()) {
      discard(ledger, list, mail, "it does not name one author", now);
    } else {
      take(ledger, list, tag.get(), mail, author.get(), content, now);
    }
  }

  private void take(
      Ledger ledger,
      MailingList list,
      ModeratorTokens.Tag tag,
      ListMail mail,
      MailAddress moderator,
      HeldContent content,
      Instant now) {
    Optional<Hold> hold =
        ledger.holds(HoldIds.prefix(list.id(), tag.cameAt())).stream()
            .limit(IN_A_MILLISECOND)
            .filter(one -> isFor(one, list.id(), tag, mail, now))
            .findFirst();
    if (hold.isEmpty()) {
      discard(
          ledger,
          list,
          mail,
          "its token is not one of ours for %s, is too old, or its post is gone"
              .formatted(moderator),
          now);
      return;
    }
    if (!ledger.member(list.id(), moderator).map(HeldDecisions::mayDecide).orElse(false)) {
      discard(ledger, list, mail, moderator + " does not moderate the list any more", now);
      return;
    }
    ReplyCommand command = ReplyCommand.parse(text(mail));
    switch (command) {
      case ReplyCommand.Decide(var decision, var comment, var force) -> {
        DecideHeld decide = new DecideHeld(hold.get().holdId(), decision, comment, force);
        CommandOutcome outcome =
            decisions.decide(ledger, list, decide, content, Audit.MAIL + moderator, now);
        Audit.mail(ledger, list, moderator, mail.id(), decide, outcome, now);
        switch (outcome) {
          case CommandOutcome.Done done ->
              tell(ledger, list, mail, moderator, hold.get(), done.text(), now);
          case CommandOutcome.Refused refused ->
              refuse(ledger, list, mail, moderator, hold.get(), refused.sentence(), now);
          case CommandOutcome.NotFound notFound ->
              refuse(ledger, list, mail, moderator, hold.get(), notFound.sentence(), now);
        }
      }
      case ReplyCommand.Nothing() ->
          refuse(ledger, list, mail, moderator, hold.get(), Phrase.REPLY_IS_EMPTY.say(), now);
      case ReplyCommand.Unknown(var word) ->
          refuse(ledger, list, mail, moderator, hold.get(), Phrase.REPLY_IS_UNKNOWN.say(word), now);
    }
  }

  private boolean isFor(
      Hold hold, ListId list, ModeratorTokens.Tag tag, ListMail mail, Instant now) {
    return hold.list().equals(list)
        && mail.facts()
            .onlyAuthor()
            .map(moderator -> tokens.fits(tag, hold, moderator, now))
            .orElse(false);
  }

  private static Optional<String> machine(ListMail mail) {
    return mail.meta().reversePath() instanceof ReversePath.Null
        ? Optional.of("its return path is empty")
        : mail.facts().machineSign();
  }

  private static Optional<ModeratorTokens.Tag> tag(@Nullable String detail, ListMail mail) {
    return ModeratorTokens.tagIn(detail == null ? mail.facts().subject() : detail);
  }

  private static String text(ListMail mail) {
    return FirstText.plainOrHtml(mail.message(), MAX_OCTETS).orElse("");
  }

  private void refuse(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      MailAddress moderator,
      Hold hold,
      Sentence why,
      Instant now) {
    String told =
        notices.tell(
            ledger,
            list,
            moderator,
            texts.notDecided(ledger, list, hold, moderator, why),
            mail.id(),
            now);
    tell(ledger, list, mail, moderator, hold, why + " " + told, now);
  }

  private static void tell(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      MailAddress moderator,
      Hold hold,
      String text,
      Instant now) {
    ledger.tell(
        mail.event(
            now,
            MailEvent.Kind.COMMAND,
            list.id(),
            "%s answers about held post %s. %s".formatted(moderator, hold.holdId(), text),
            0));
  }

  private static void discard(
      Ledger ledger, MailingList list, ListMail mail, String why, Instant now) {
    ledger.tell(mail.event(now, MailEvent.Kind.DISCARDED, list.id(), "Discarded: " + why + ".", 0));
  }
}
