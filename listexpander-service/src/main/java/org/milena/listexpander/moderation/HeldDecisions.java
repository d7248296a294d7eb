package org.milena.listexpander.moderation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.HeldChange.ClaimHeld;
import org.milena.common.command.HeldChange.DecideHeld;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.command.HeldChange.UndoHeld;
import org.milena.common.directory.Account;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Sentence;
import org.milena.common.failure.OutageException;
import org.milena.listexpander.audit.Audit;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.posting.Approvals;
import org.milena.listexpander.posting.Probation;
import org.milena.listexpander.posting.RuleHit;
import org.milena.listexpander.posting.SeenPosts;
import org.milena.listexpander.publication.PostOutcome;
import org.milena.listexpander.publication.Publication;
import org.milena.listexpander.sentence.Phrase;

/**
 * What moderators do with held posts. A post waits, until it is accepted, rejected or discarded;
 * what was rejected or discarded waits again when that is undone within {@link #KEPT}. Only who
 * decides first decides: another one is told by whom and when.
 */
public final class HeldDecisions {
  /** So long a decided post is kept. */
  static final Duration KEPT = Duration.ofHours(24);

  /** So long a claim lasts, unless it is renewed. */
  static final Duration CLAIMED = Duration.ofMinutes(15);

  private final Publication publication;
  private final HeldPosts posts;

  public HeldDecisions(Publication publication, HeldPosts posts) {
    this.publication = publication;
    this.posts = posts;
  }

  /** Whether somebody with these roles decides about held posts. */
  public static boolean mayDecide(Member member) {
    return member.roles().contains(MemberRole.OWNER)
        || member.roles().contains(MemberRole.MODERATOR);
  }

  /**
   * Carries a decision out.
   *
   * @param content the message, as it was read from where the hold points
   * @param actor who decides: an account's name, {@code mail:ADDRESS}, or {@code system}
   * @throws OutageException when the content was not in view although the hold is there
   */
  public CommandOutcome decide(
      Ledger ledger,
      MailingList list,
      DecideHeld command,
      HeldContent content,
      String actor,
      Instant now) {
    Optional<Hold> found = find(ledger, list, command.holdId());
    if (found.isEmpty()) {
      return unknown(command.holdId());
    }
    Hold hold = found.get();
    Hold.Decision decided = hold.decision();
    if (decided != null) {
      return new Refused("decided", Phrase.DECIDED_ALREADY.say(story(decided)));
    }
    return switch (content) {
      case HeldContent.Found(var seen, var mail) ->
          decide(ledger, list, same(hold, seen), mail, command, actor, now);
      case HeldContent.Lost(_, var reason) -> {
        if (command.decision() == HeldDecision.DISCARD) {
          ledger.deleteHold(hold.holdId());
          yield new Done("The post is discarded; its message was gone already.", 1);
        }
        yield new Refused("message-lost", Phrase.MESSAGE_GONE.say(reason));
      }
      case HeldContent.Unknown() ->
          throw new OutageException("hold " + command.holdId() + " came into view only now");
    };
  }

  private CommandOutcome decide(
      Ledger ledger,
      MailingList list,
      Hold hold,
      ListMail mail,
      DecideHeld command,
      String actor,
      Instant now) {
    Optional<Account> submitter =
        Optional.ofNullable(mail.meta().client().account()).flatMap(ledger::account);
    String comment = command.comment().strip();
    String by = who(actor) + (comment.isEmpty() ? "" : ": " + comment);
    String claimed = claimedByOther(hold, actor, now).map(claim -> " " + claim).orElse("");
    return switch (command.decision()) {
      case ACCEPT ->
          accept(ledger, list, hold, mail, actor, "Accepted by " + by + ".", now)
              .orElseGet(() -> {
                Probation.accepted(ledger, list, mail);
                return new Done("The post is on its way to " + list.address() + "." + claimed, 1);
              });
      case ACCEPT_AND_TRUST -> {
        Optional<Refused> refusal = TrustedAuthors.refusal(list, mail, submitter, command.forced());
        if (refusal.isPresent()) {
          yield refusal.get();
        }
        String trusted = mail.facts().onlyAuthor().orElseThrow() + " is not moderated from now on.";
        yield accept(ledger, list, hold, mail, actor, "Accepted by " + by + ". " + trusted, now)
            .orElseGet(() -> {
              TrustedAuthors.trust(ledger, list, mail, now);
              return new Done(
                  "The post is on its way to %s. %s%s".formatted(list.address(), trusted, claimed),
                  1);
            });
      }
      case REJECT -> {
        forgetSeen(ledger, list, mail);
        decided(ledger, hold, Hold.Verdict.REJECTED, actor, now);
        Phrase why =
            actor.equals(HeldTimes.ACTOR) ? Phrase.NOT_LOOKED_AT : Phrase.REJECTED_BY_MODERATOR;
        posts.reject(
            ledger,
            list,
            mail,
            RuleHit.of("moderator", List.of(why.say())),
            comment,
            submitter,
            now);
        yield new Done("The post is rejected." + claimed, 1);
      }
      case DISCARD -> {
        forgetSeen(ledger, list, mail);
        decided(ledger, hold, Hold.Verdict.DISCARDED, actor, now);
        ledger.tell(
            mail.event(now, MailEvent.Kind.DISCARDED, list.id(), "Discarded by " + by + ".", 0));
        yield new Done("The post is discarded." + claimed, 1);
      }
    };
  }

  /**
   * Publishes a post.
   *
   * @return what else became of it; empty when it is on its way
   */
  private Optional<CommandOutcome> accept(
      Ledger ledger,
      MailingList list,
      Hold hold,
      ListMail mail,
      String actor,
      String why,
      Instant now) {
    return switch (publication.post(ledger, list, Approvals.without(list, mail), now, why)) {
      case PostOutcome.Posted() -> {
        decided(ledger, hold, Hold.Verdict.ACCEPTED, actor, now);
        yield Optional.empty();
      }
      case PostOutcome.SetAside(var reason) -> {
        decided(ledger, hold, Hold.Verdict.ACCEPTED, actor, now);
        yield Optional.of(new Done("The post was accepted, and set aside. " + reason, 1));
      }
      case PostOutcome.MustHold(var reasons) -> Optional.of(unready(reasons));
      case PostOutcome.MustReject(var reasons) -> Optional.of(unready(reasons));
    };
  }

  private static Refused unready(List<Sentence> reasons) {
    return new Refused("not-ready", Phrase.NOT_READY.say(Phrase.SENTENCES.say(reasons)));
  }

  private static void decided(
      Ledger ledger, Hold hold, Hold.Verdict verdict, String actor, Instant now) {
    @Nullable Instant undoUntil = verdict == Hold.Verdict.ACCEPTED ? null : now.plus(KEPT);
    ledger.put(hold.decided(new Hold.Decision(verdict, actor, now, undoUntil)));
  }

  /** Claims a post, renews a claim, takes it over from somebody else, or lets it go. */
  public CommandOutcome claim(
      Ledger ledger, MailingList list, ClaimHeld command, String actor, Instant now) {
    Optional<Hold> found = find(ledger, list, command.holdId());
    if (found.isEmpty()) {
      return unknown(command.holdId());
    }
    Hold hold = found.get();
    Hold.Decision decided = hold.decision();
    if (decided != null) {
      return new Refused("decided", Phrase.DECIDED_ALREADY.say(story(decided)));
    }
    Optional<Hold.Claim> claim = running(hold, now);
    Optional<String> other = claimedByOther(hold, actor, now);
    if (command.release()) {
      if (other.isPresent()) {
        return new Refused("claimed", other.get() + " Claim it to take it over.");
      }
      if (claim.isEmpty()) {
        return new Done("Nobody has claimed this post.", 0);
      }
      ledger.put(hold.claimed(null));
      return new Done("Nobody claims this post any more.", 1);
    }
    Instant until = now.plus(CLAIMED);
    ledger.put(hold.claimed(new Hold.Claim(actor, until)));
    return new Done(
        "This post is yours until %s.%s"
            .formatted(
                shown(until), other.map(text -> " You have taken it over. " + text).orElse("")),
        1);
  }

  /**
   * Takes a decision back: the post waits again, and is seen again, so that the same mail is a
   * duplicate of it.
   *
   * @throws OutageException when the content was not in view although the hold is there
   */
  public CommandOutcome undo(
      Ledger ledger,
      MailingList list,
      UndoHeld command,
      HeldContent content,
      String actor,
      Instant now) {
    Optional<Hold> found = find(ledger, list, command.holdId());
    if (found.isEmpty()) {
      return unknown(command.holdId());
    }
    Hold hold = found.get();
    Hold.Decision decided = hold.decision();
    if (decided == null) {
      return new Refused("not-decided", "This post waits for a decision; nothing can be undone.");
    }
    Instant until = decided.undoUntil();
    if (until == null) {
      return new Refused(
          "not-undoable",
          "This post was %s and is on its way to its readers: that cannot be undone."
              .formatted(story(decided)));
    }
    if (!now.isBefore(until)) {
      return new Refused(
          "not-undoable",
          "This post was %s; that could be undone until %s."
              .formatted(story(decided), shown(until)));
    }
    return switch (content) {
      case HeldContent.Found(_, var mail) -> {
        ledger.put(hold.again(now));
        String seen = SeenPosts.key(list.id(), HeldPosts.POST, mail);
        if (ledger.seen(seen).isEmpty()) {
          ledger.put(seen, new SeenPost(mail.id(), now));
        }
        ledger.tell(
            mail.event(
                now,
                MailEvent.Kind.HELD,
                list.id(),
                "Held again: %s took it back that it was %s.".formatted(who(actor), story(decided)),
                0));
        yield new Done(
            "The post waits again."
                + (decided.verdict() == Hold.Verdict.REJECTED
                    ? " Where its author was told of the rejection, that notice cannot be called"
                        + " back."
                    : ""),
            1);
      }
      case HeldContent.Lost(_, var reason) ->
          new Refused("message-lost", Phrase.MESSAGE_GONE.say(reason));
      case HeldContent.Unknown() ->
          throw new OutageException("hold " + command.holdId() + " came into view only now");
    };
  }

  private static Hold same(Hold hold, Hold seen) {
    if (!hold.holdId().equals(seen.holdId())) {
      throw new IllegalStateException("the message of " + seen.holdId() + ", not of " + hold);
    }
    return hold;
  }

  private static Optional<Hold> find(Ledger ledger, MailingList list, String holdId) {
    return ledger.hold(holdId).filter(hold -> hold.list().equals(list.id()));
  }

  private static NotFound unknown(String holdId) {
    return new NotFound(Phrase.NOT_HELD.say(holdId));
  }

  /** {@code discarded by ann at 2026-03-01 10:00 UTC}. */
  private static Sentence story(Hold.Decision decided) {
    Phrase verdict =
        switch (decided.verdict()) {
          case ACCEPTED -> Phrase.DECIDED_ACCEPTED;
          case REJECTED -> Phrase.DECIDED_REJECTED;
          case DISCARDED -> Phrase.DECIDED_DISCARDED;
        };
    return verdict.say(who(decided.by()), shown(decided.at()));
  }

  private static Optional<Hold.Claim> running(Hold hold, Instant now) {
    return Optional.ofNullable(hold.claim()).filter(claim -> now.isBefore(claim.until()));
  }

  private static Optional<String> claimedByOther(Hold hold, String actor, Instant now) {
    return running(hold, now)
        .filter(claim -> !claim.by().equals(actor) && !actor.equals(HeldTimes.ACTOR))
        .map(claim ->
            "%s had claimed it until %s.".formatted(who(claim.by()), shown(claim.until())));
  }

  /** An actor for people. */
  static String who(String actor) {
    return actor.startsWith(Audit.MAIL) ? actor.substring(Audit.MAIL.length()) : actor;
  }

  private static String shown(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).toString().replace("T", " ").replace(":00Z", " UTC");
  }

  /** Who sends the same again after a refusal asks again. */
  private static void forgetSeen(Ledger ledger, MailingList list, ListMail mail) {
    ledger.deleteSeen(SeenPosts.key(list.id(), HeldPosts.POST, mail));
  }
}
