package org.milena.egress.retry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.RecipientOutcome;
import org.milena.egress.outcome.AttemptOutcome;

/** Makes the final word on one recipient out of an attempt's outcome and the attempts before it. */
public final class Sentence {
  private final RetrySchedule schedule;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Sentence(RetrySchedule schedule, InstantSource clock, RandomGenerator random) {
    this.schedule = schedule;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What is known of a recipient before an attempt.
   *
   * @param attempts made before; 0 for none
   * @param status of the last of them
   * @param reason of the last of them
   */
  public record Past(int attempts, @Nullable String status, @Nullable String reason) {

    /** Nothing was tried yet. */
    public static final Past NONE = new Past(0, null, null);
  }

  /**
   * What became of the recipient.
   *
   * @param attempts made so far, this one included if it was one
   */
  public record Passed(RecipientOutcome outcome, int attempts) {}

  /**
   * @param since when the duty began
   */
  public Passed pass(AttemptOutcome outcome, Past past, Instant since) {
    int made = past.attempts() + 1;
    return switch (outcome) {
      case AttemptOutcome.Relayed(String nextHop, String reply) ->
          new Passed(new RecipientOutcome.Relayed(nextHop, reply), made);
      case AttemptOutcome.Failed(var status, String reason, _) ->
          new Passed(new RecipientOutcome.Failed(status.toString(), reason), made);
      case AttemptOutcome.SetAside(String cause) ->
          new Passed(new RecipientOutcome.Failed("5.3.0", "set aside: " + cause), past.attempts());
      case AttemptOutcome.Again(var status, String reason, _, boolean tried) ->
          tried
              ? again(status.toString(), reason, made, since)
              : notTried(status.toString(), reason, past, since);
    };
  }

  private Passed again(String status, String reason, int attempts, Instant since) {
    Optional<Instant> next = schedule.next(attempts, since, clock.instant(), random);
    RecipientOutcome outcome =
        next.isPresent()
            ? new RecipientOutcome.Deferred(status, reason, next.get())
            : new RecipientOutcome.Failed(
                status, "gave up after " + schedule.giveUp().toHours() + " h; last: " + reason);
    return new Passed(outcome, attempts);
  }

  /** Keeps the last real status, and never gives up on what was not tried. */
  private Passed notTried(String status, String reason, Past past, Instant since) {
    Instant now = clock.instant();
    Instant next =
        schedule
            .next(0, since, now, random)
            .orElseGet(() -> now.plusMillis(schedule.untried().toMillis()));
    String lastStatus = past.status() == null ? status : past.status();
    String lastReason = past.reason() == null ? reason : past.reason();
    return new Passed(new RecipientOutcome.Deferred(lastStatus, lastReason, next), past.attempts());
  }
}
