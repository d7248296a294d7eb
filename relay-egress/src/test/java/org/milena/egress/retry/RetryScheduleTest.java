package org.milena.egress.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.status.EnhancedStatus;
import org.milena.egress.outcome.AttemptOutcome;
import org.milena.egress.outcome.AttemptOutcome.Scope;
import org.milena.egress.retry.Sentence.Passed;
import org.milena.egress.retry.Sentence.Past;

class RetryScheduleTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final AttemptOutcome BUSY =
      new AttemptOutcome.Again(EnhancedStatus.of("4.2.1"), "busy", Scope.RECIPIENT, true);
  private static final AttemptOutcome CROWDED =
      new AttemptOutcome.Again(EnhancedStatus.of("4.4.5"), "not tried yet", Scope.RECIPIENT, false);

  @Test
  void growsAsDocumented() {
    RetrySchedule exact =
        new RetrySchedule(
            RetrySchedule.standard().steps(), 0, Duration.ofDays(4), Duration.ofSeconds(30));
    List<Long> minutes = new ArrayList<>();
    for (int attempt = 1; attempt <= 9; attempt++) {
      Instant next = exact.next(attempt, START, START, new Random(1)).orElseThrow();
      minutes.add(Duration.between(START, next).toMinutes());
    }
    assertThat(minutes).containsExactly(1L, 5L, 15L, 30L, 60L, 120L, 240L, 240L, 240L);
  }

  @Test
  void variesByAFifth() {
    Random random = new Random(42);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1000; i++) {
      Instant next = RetrySchedule.standard().next(5, START, START, random).orElseThrow();
      long seconds = Duration.between(START, next).toSeconds();
      least = Math.min(least, seconds);
      most = Math.max(most, seconds);
    }
    assertThat(least).isBetween(2880L, 2900L);
    assertThat(most).isBetween(4300L, 4320L);
  }

  /** Four days of 4yz end in one failure, with the last real status (E-20). */
  @Test
  void givesUpAfterFourDaysWithTheLastRealStatus() {
    Clock clock = new Clock();
    Sentence sentence = new Sentence(RetrySchedule.standard(), clock, new Random(7));
    Past past = Past.NONE;
    int tries = 0;
    while (true) {
      tries++;
      Passed passed = sentence.pass(BUSY, past, START);
      assertThat(passed.attempts()).isEqualTo(tries);
      if (passed.outcome() instanceof RecipientOutcome.Failed(String status, String reason)) {
        assertThat(status).isEqualTo("4.2.1");
        assertThat(reason).contains("gave up after 96 h").contains("busy");
        break;
      }
      if (!(passed.outcome()
          instanceof RecipientOutcome.Deferred(String status, String reason, Instant next))) {
        throw new AssertionError(passed);
      }
      assertThat(next).isAfter(clock.now).isBeforeOrEqualTo(START.plus(Duration.ofDays(4)));
      past = new Past(passed.attempts(), status, reason);
      clock.now = next;
    }
    assertThat(clock.now).isEqualTo(START.plus(Duration.ofDays(4)));
    assertThat(tries).isBetween(25, 40);
  }

  @Test
  void keepsTheLastRealStatusWhenTheSiteIsCrowded() {
    Clock clock = new Clock();
    Sentence sentence = new Sentence(RetrySchedule.standard(), clock, new Random(7));
    Passed passed = sentence.pass(CROWDED, new Past(2, "4.2.1", "busy"), START);
    assertThat(passed.attempts()).isEqualTo(2);
    assertThat(passed.outcome())
        .isInstanceOfSatisfying(
            RecipientOutcome.Deferred.class,
            deferred -> {
              assertThat(deferred.status()).isEqualTo("4.2.1");
              assertThat(deferred.nextTry()).isBefore(START.plusSeconds(40));
            });
  }

  @Test
  void neverGivesUpOnWhatWasNeverTried() {
    Clock clock = new Clock();
    clock.now = START.plus(Duration.ofDays(9));
    Sentence sentence = new Sentence(RetrySchedule.standard(), clock, new Random(7));
    assertThat(sentence.pass(CROWDED, Past.NONE, START).outcome())
        .isInstanceOf(RecipientOutcome.Deferred.class);
  }

  @Test
  void passesOnWhatIsFinal() {
    Sentence sentence = new Sentence(RetrySchedule.standard(), new Clock(), new Random(7));
    assertThat(sentence.pass(new AttemptOutcome.Relayed("mx", "250"), Past.NONE, START))
        .isEqualTo(new Passed(new RecipientOutcome.Relayed("mx", "250"), 1));
    assertThat(
            sentence.pass(
                new AttemptOutcome.Failed(EnhancedStatus.of("5.1.1"), "gone", Scope.RECIPIENT),
                new Past(3, "4.0.0", "busy"),
                START))
        .isEqualTo(new Passed(new RecipientOutcome.Failed("5.1.1", "gone"), 4));
  }

  @Test
  void endsAtTheAgeOfGivingUp() {
    assertThat(
            RetrySchedule.standard().next(1, START, START.plus(Duration.ofDays(4)), new Random(1)))
        .isEqualTo(Optional.empty());
  }

  private static final class Clock implements java.time.InstantSource {
    Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }
  }
}
