package org.milena.egress.retry;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The distances between attempts (RFC 5321 section 4.5.4.1; the first ones are shorter than its 30
 * minutes, because greylisting asks for minutes).
 *
 * @param steps wait after the first, second, … attempt; the last one repeats
 * @param jitter share of a wait by which it is varied up and down, so that what failed together
 *     does not come back together; 0 to less than 1
 * @param giveUp age of the duty at which it fails
 * @param untried wait when there was no attempt
 */
public record RetrySchedule(
    List<Duration> steps, double jitter, Duration giveUp, Duration untried) {

  public RetrySchedule {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || jitter < 0 || jitter >= 1) {
      throw new IllegalArgumentException("a schedule has a step, and a jitter of 0 to 1");
    }
  }

  /** 1m 5m 15m 30m 1h 2h 4h 4h … until 4 days, ±20 %. */
  public static RetrySchedule standard() {
    return new RetrySchedule(
        List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4)),
        0.2,
        Duration.ofDays(4),
        Duration.ofSeconds(30));
  }

  /**
   * When to try next; empty when it is time to give up. The last try is at the age of giving up.
   *
   * @param attempts made so far; 0 when there was none
   * @param since when the duty began
   */
  public Optional<Instant> next(int attempts, Instant since, Instant now, RandomGenerator random) {
    Instant end = since.plus(giveUp);
    if (!now.isBefore(end)) {
      return Optional.empty();
    }
    Duration step = attempts < 1 ? untried : steps.get(Math.min(attempts, steps.size()) - 1);
    double factor = 1 + jitter * (2 * random.nextDouble() - 1);
    Instant next = now.plusMillis(Math.round(step.toMillis() * factor));
    return Optional.of((next.isAfter(end) ? end : next).truncatedTo(ChronoUnit.MILLIS));
  }
}
