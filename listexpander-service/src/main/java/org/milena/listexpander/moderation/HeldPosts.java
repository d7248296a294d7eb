package org.milena.listexpander.moderation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.ListCommand.DecideHeld;
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
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.posting.Approvals;
import org.milena.listexpander.posting.Probation;
import org.milena.listexpander.posting.RuleHit;
import org.milena.listexpander.posting.SeenPosts;
import org.milena.listexpander.posting.Words;
import org.milena.listexpander.publication.Publication;

/** Holds posts, and carries out what moderators decide about them. */
public final class HeldPosts {
  /** What a post's note among the seen ones is made under. */
  public static final String POST = "post";

  private final Publication publication;
  private final Notices notices;
  private final Texts texts;

  public HeldPosts(Publication publication, Notices notices, Texts texts) {
    this.publication = publication;
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
                  RuleHit.reasons(hits));
          ledger.put(hold);
          String told =
              notices.tellModerators(ledger, list, texts.held(ledger, list, hold), mail.id(), now);
          String toAuthor =
              mail.provenAuthor(submitter)
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
                        RuleHit.reasons(hits),
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

  /**
   * Carries a moderator's decision out.
   *
   * @param mail the held post, as it was read from where the hold points
   * @param actor who decided
   */
  public CommandOutcome decide(
      Ledger ledger,
      MailingList list,
      Hold hold,
      ListMail mail,
      DecideHeld command,
      String actor,
      Optional<Account> submitter,
      Instant now) {
    ledger.deleteHold(hold.holdId());
    String by = actor + (command.comment().isBlank() ? "" : ": " + command.comment().strip());
    return switch (command.decision()) {
      case ACCEPT -> {
        Probation.accepted(ledger, list, mail);
        publication.post(
            ledger, list, Approvals.without(list, mail), now, "Accepted by " + by + ".");
        yield new Done("The post is on its way to " + list.address() + ".", 1);
      }
      case REJECT -> {
        forgetSeen(ledger, list, mail);
        reject(
            ledger,
            list,
            mail,
            List.of(new RuleHit("moderator", "A moderator rejected it.")),
            command.comment(),
            submitter,
            now);
        yield new Done("The post is rejected.", 1);
      }
      case DISCARD -> {
        forgetSeen(ledger, list, mail);
        ledger.tell(
            mail.event(now, MailEvent.Kind.DISCARDED, list.id(), "Discarded by " + by + ".", 0));
        yield new Done("The post is discarded.", 1);
      }
    };
  }

  /** The reasons, and whether the author is proven where they do not say it. */
  private static String story(ListMail mail, List<RuleHit> hits, Optional<Account> submitter) {
    return Words.told(hits, mail.authorship(submitter));
  }

  /** Who sends the same again after a refusal asks again. */
  private static void forgetSeen(Ledger ledger, MailingList list, ListMail mail) {
    ledger.deleteSeen(SeenPosts.key(list.id(), POST, mail));
  }
}
