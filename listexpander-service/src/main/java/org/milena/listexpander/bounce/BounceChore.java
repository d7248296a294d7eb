package org.milena.listexpander.bounce;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.event.BounceScore;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailId;
import org.milena.common.settings.BounceSettings;
import org.milena.listexpander.chore.RowChore;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.notice.BounceTexts;
import org.milena.listexpander.notice.Notice;
import org.milena.listexpander.notice.Notices;

/**
 * Members to whom delivery stopped are warned and, when nothing happens, removed; points that are
 * too old to count are forgotten.
 */
public final class BounceChore implements RowChore<BounceScore> {
  /** So many members at once; the others a minute later. */
  static final int AT_ONCE = 200;

  private final Subscriptions subscriptions;
  private final Notices notices;
  private final BounceTexts texts;

  public BounceChore(Subscriptions subscriptions, Notices notices, BounceTexts texts) {
    this.subscriptions = subscriptions;
    this.notices = notices;
    this.texts = texts;
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  @Override
  public List<BounceScore> due(ListTables tables, MailingList list, Instant now, int most) {
    LocalDate today = Failure.day(now);
    return tables.bounces().scan(Topics.listKey(list.id(), ""), "", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .filter(score -> isDue(list, score, today))
        .limit(most)
        .toList();
  }

  @Override
  public void carryOut(Ledger ledger, MailingList list, BounceScore seen, Instant now) {
    ledger
        .bounceScore(list.id(), seen.address())
        .filter(score -> isDue(list, score, Failure.day(now)))
        .ifPresent(score -> act(ledger, list, score, now));
  }

  private static boolean isDue(MailingList list, BounceScore score, LocalDate today) {
    return score.stoppedOn() == null
        ? Points.isStale(score, today, list.settings().bounces().bounceStaleDays())
        : !today.isBefore(nextStep(list, score, score.stoppedOn()));
  }

  /** The first warning goes out at once; one interval lies before each next step. */
  private static LocalDate nextStep(MailingList list, BounceScore score, LocalDate stoppedOn) {
    BounceSettings settings = list.settings().bounces();
    LocalDate warnedOn = score.warnedOn();
    if (warnedOn != null) {
      return warnedOn.plusDays(settings.bounceWarningDays());
    }
    return settings.bounceWarnings() > 0
        ? stoppedOn
        : stoppedOn.plusDays(settings.bounceWarningDays());
  }

  private void act(Ledger ledger, MailingList list, BounceScore score, Instant now) {
    Optional<Member> stopped =
        ledger
            .member(list.id(), score.address())
            .filter(member -> member.options().stopped() == Stop.BY_BOUNCES)
            .filter(_ -> score.stoppedOn() != null);
    if (stopped.isEmpty()) {
      // too old, or somebody else changed what was stopped
      ledger.deleteBounceScore(list.id(), score.address());
      if (ledger.member(list.id(), score.address()).isEmpty()
          && ledger.row(list.id(), score.address()).isPresent()) {
        // a source had him, and has him no more
        ledger.deleteMember(list.id(), score.address());
      }
      return;
    }
    BounceSettings settings = list.settings().bounces();
    if (score.warnings() < settings.bounceWarnings()) {
      warn(ledger, list, score, settings, now);
    } else {
      remove(ledger, list, score, now);
    }
  }

  private void warn(
      Ledger ledger, MailingList list, BounceScore score, BounceSettings settings, Instant now) {
    LocalDate today = Failure.day(now);
    int number = score.warnings() + 1;
    int days = settings.bounceWarningDays();
    var _ =
        notices.tell(
            ledger,
            list,
            score.address(),
            texts.warning(
                ledger,
                list,
                score.address(),
                score.lastReason(),
                number,
                settings.bounceWarnings(),
                today.plusDays((long) days * (settings.bounceWarnings() - number + 1))),
            notices.newId(),
            now);
    ledger.put(Points.warned(score, today));
  }

  private void remove(Ledger ledger, MailingList list, BounceScore score, Instant now) {
    MailId cause = notices.newId();
    // in the language that it chose as a member
    Notice farewell = texts.takenOff(ledger, list, score.address(), score.lastReason());
    CommandOutcome left = subscriptions.takeOff(ledger, list, score.address());
    var _ = notices.tell(ledger, list, score.address(), farewell, cause, now);
    ledger.deleteBounceScore(list.id(), score.address());
    String said = left.text();
    Scorekeeper.audit(
        ledger,
        list,
        "remove-for-bounces",
        said + " Mail came back: " + score.lastReason(),
        cause,
        now);
    if (list.settings().bounces().tellOwnersOfBounces()) {
      var _ =
          notices.tellOwners(
              ledger,
              list,
              "removed for bounces",
              Scorekeeper.NOTICES_A_DAY,
              texts.removed(ledger, list, score.address(), score.lastReason()),
              cause,
              now);
    }
  }
}
