package org.milena.listexpander.bounce;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.BounceScore;
import org.milena.common.mail.ListId;
import org.milena.common.status.EnhancedStatus;
import org.milena.listexpander.bounce.reading.ReturnedRecipient;

/** The arithmetic of scores. */
final class Points {
  /** A dead address. */
  static final double HARD = 1;

  /** One that may live: full, switched off, out of reach for days. */
  static final double SOFT = 0.5;

  /** What a failure is worth; 0 where it says nothing of the member. */
  static double of(ReturnedRecipient report) {
    return switch (report.failure()) {
      case HARD -> HARD;
      case SOFT -> report.status().filter(Points::isAboutTheMessage).isPresent() ? 0 : SOFT;
      case POLICY, DELAYED -> 0;
    };
  }

  /** Their system's limits, the protocol, the content (RFC 3463 sections 3.4, 3.6, 3.7). */
  private static boolean isAboutTheMessage(EnhancedStatus status) {
    return switch (status.subject()) {
      case 3, 5, 6 -> true;
      default -> false;
    };
  }

  /**
   * The score with one day more.
   *
   * @return empty when this day, or a later one, counted already
   */
  static Optional<BounceScore> add(
      @Nullable BounceScore before, ListId list, Failure failure, int staleDays) {
    LocalDate day = failure.day();
    if (before == null) {
      return Optional.of(
          new BounceScore(
              list,
              failure.member(),
              failure.points(),
              day,
              failure.report().reason(),
              null,
              null,
              0,
              null,
              failure.points()));
    }
    if (!day.isAfter(before.lastOn())) {
      return Optional.empty();
    }
    boolean stale = isStale(before, day, staleDays);
    return Optional.of(
        new BounceScore(
            list,
            failure.member(),
            (stale ? 0 : before.score()) + failure.points(),
            day,
            failure.report().reason(),
            stale ? null : before.probedOn(),
            before.stoppedOn(),
            before.warnings(),
            before.warnedOn(),
            failure.points()));
  }

  /** Whether points are forgotten on this day. */
  static boolean isStale(BounceScore score, LocalDate day, int staleDays) {
    return score.lastOn().plusDays(staleDays).isBefore(day);
  }

  /** The score after a probe was sent. */
  static BounceScore probed(BounceScore score, LocalDate day) {
    return new BounceScore(
        score.list(),
        score.address(),
        0,
        score.lastOn(),
        score.lastReason(),
        day,
        null,
        0,
        null,
        score.lastPoints());
  }

  /** The score of a member to whom delivery stops. */
  static BounceScore stopped(BounceScore score, LocalDate day) {
    return new BounceScore(
        score.list(),
        score.address(),
        0,
        score.lastOn(),
        score.lastReason(),
        null,
        day,
        0,
        null,
        score.lastPoints());
  }

  /** The score after one warning more. */
  static BounceScore warned(BounceScore score, LocalDate day) {
    return new BounceScore(
        score.list(),
        score.address(),
        score.score(),
        score.lastOn(),
        score.lastReason(),
        null,
        score.stoppedOn(),
        score.warnings() + 1,
        day,
        score.lastPoints());
  }

  /**
   * The score as if its last day had not been, with what followed on that day.
   *
   * @param threshold what the score had reached if something followed
   * @return empty when nothing is left of it
   */
  static Optional<BounceScore> without(BounceScore score, double threshold) {
    Double last = score.lastPoints();
    LocalDate day = score.lastOn();
    boolean followed = day.equals(score.probedOn()) || day.equals(score.stoppedOn());
    double rest = (followed ? threshold : score.score()) - (last == null ? HARD : last);
    LocalDate probedOn = score.probedOn();
    return rest <= 0
        ? Optional.empty()
        : Optional.of(
            new BounceScore(
                score.list(),
                score.address(),
                rest,
                day.minusDays(1),
                score.lastReason(),
                followed ? null : probedOn,
                null,
                0,
                null,
                null));
  }

  private Points() {}
}
