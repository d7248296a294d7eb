package org.milena.listexpander.moderation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.HeldChange.DecideHeld;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent;
import org.milena.common.settings.ModerationSettings;
import org.milena.common.stage.MailReader;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;

/**
 * What time does to held posts: those that nobody decided about for {@code holdDays} are as {@code
 * expiredHoldAction} says, and those that were decided are forgotten when that cannot be undone any
 * more.
 */
public final class HeldTimes implements Chore {
  /** Who decides when nobody does. */
  static final String ACTOR = "system";

  /** So many at a time; more are done when the list is reminded again. */
  private static final int AT_ONCE = 100;

  private static final String LATE = "nobody decided within %d days";

  private final HeldDecisions decisions;
  private @Nullable HeldIndex index;

  public HeldTimes(HeldDecisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public boolean isDue(ListTables tables, MailingList list, Instant now) {
    HeldIndex posts = index(tables);
    return posts.decided().first(list.id()).map(hold -> isPast(hold, now)).orElse(false)
        || posts.waiting().first(list.id()).map(hold -> isLate(list, hold, now)).orElse(false);
  }

  @Override
  public Optional<Work> prepare(
      ListTables tables, MailReader mails, MailingList list, Instant now) {
    HeldIndex posts = index(tables);
    List<String> past =
        posts.decided().of(list.id(), AT_ONCE).stream()
            .filter(hold -> isPast(hold, now))
            .map(Hold::holdId)
            .toList();
    List<HeldContent> late =
        posts.waiting().of(list.id(), AT_ONCE).stream()
            .filter(hold -> isLate(list, hold, now))
            .map(hold -> HeldContent.of(hold, mails))
            .toList();
    return past.isEmpty() && late.isEmpty()
        ? Optional.empty()
        : Optional.of((ledger, same, at) -> {
          past.forEach(id -> sweep(ledger, id, at));
          late.forEach(content -> expire(ledger, same, content, at));
        });
  }

  private synchronized HeldIndex index(ListTables tables) {
    HeldIndex known = index;
    if (known == null || !known.follows(tables.holds())) {
      known = HeldIndex.of(tables.holds());
      index = known;
    }
    return known;
  }

  private static void sweep(Ledger ledger, String holdId, Instant now) {
    if (ledger.hold(holdId).filter(hold -> isPast(hold, now)).isPresent()) {
      ledger.deleteHold(holdId);
    }
  }

  private void expire(Ledger ledger, MailingList list, HeldContent content, Instant now) {
    switch (content) {
      case HeldContent.Found(var seen, _) -> {
        Optional<HeldDecision> action = action(list.settings().moderation());
        if (action.isPresent() && isStillLate(ledger, list, seen, now)) {
          DecideHeld command =
              new DecideHeld(
                  seen.holdId(),
                  action.get(),
                  action.get() == HeldDecision.REJECT ? "" : late(list));
          CommandOutcome unused = decisions.decide(ledger, list, command, content, ACTOR, now);
        }
      }
      case HeldContent.Lost(var seen, var reason) -> {
        if (isStillLate(ledger, list, seen, now)) {
          ledger.deleteHold(seen.holdId());
          ledger.tell(
              new MailEvent(
                  seen.mailId(),
                  now,
                  MailEvent.Kind.DISCARDED,
                  list.id(),
                  null,
                  "Discarded: %s, and its message is gone: %s".formatted(late(list), reason),
                  0));
        }
      }
      case HeldContent.Unknown() -> throw new IllegalStateException("it was read from its row");
    }
  }

  private static boolean isStillLate(Ledger ledger, MailingList list, Hold seen, Instant now) {
    return ledger
        .hold(seen.holdId())
        .filter(Hold::waits)
        .filter(hold -> isLate(list, hold, now))
        .isPresent();
  }

  private static String late(MailingList list) {
    return LATE.formatted(list.settings().moderation().holdDays());
  }

  private static boolean isPast(Hold hold, Instant now) {
    Hold.Decision decision = hold.decision();
    return decision != null && !now.isBefore(decision.at().plus(HeldDecisions.KEPT));
  }

  private static boolean isLate(MailingList list, Hold hold, Instant now) {
    ModerationSettings settings = list.settings().moderation();
    return settings.holdDays() > 0
        && action(settings).isPresent()
        && !now.isBefore(hold.heldAt().plus(Duration.ofDays(settings.holdDays())));
  }

  private static Optional<HeldDecision> action(ModerationSettings settings) {
    return switch (settings.expiredHoldAction()) {
      case ACCEPT -> Optional.of(HeldDecision.ACCEPT);
      case REJECT -> Optional.of(HeldDecision.REJECT);
      case DISCARD -> Optional.of(HeldDecision.DISCARD);
      case HOLD, DEFER -> Optional.empty();
    };
  }
}
