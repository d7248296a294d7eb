package org.milena.listexpander.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.event.BounceScore;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.bounce.reading.Refusal;
import org.milena.listexpander.fake.Fixtures;

class PointsTest {
  private static final MailAddress BOB = MailAddress.of("bob@b.example");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 10);

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "5.1.1, mx said: 550 5.1.1 user unknown, 1",
    "5.1.2, the domain does not exist, 1",
    "5.2.1, mx said: 550 5.2.1 mailbox disabled, 0.5",
    "5.2.2, mx said: 552 5.2.2 mailbox full, 0.5",
    "4.4.1, mx: connection refused, 0.5",
    "5.7.1, mx said: 550 5.7.1 message refused by policy, 0",
    "5.7.26, mx said: 550 5.7.26 unauthenticated, 0",
    "5.1.1, mx said: 550 5.7.1 blocked using a block list, 0",
    "5.3.4, mx: message too large, 0",
    "5.6.7, mx: needs SMTPUTF8, 0",
  })
  void aFailureIsWorthWhatItSaysOfTheMember(String status, String reason, double points) {
    assertThat(Points.of(Refusal.read(BOB, status, reason))).isEqualTo(points);
  }

  @ParameterizedTest(name = "{0} points {1} days ago and a failure {2} become {3}")
  @CsvSource({
    "2, 1, 5.1.1, 3",
    "2, 7, 5.1.1, 3",
    "2, 8, 5.1.1, 1",
    "2, 3, 5.2.2, 2.5",
    "0, 1, 5.2.2, 0.5",
    "4.5, 30, 5.2.2, 0.5",
  })
  void aDayIsAddedOrBeginsAnew(double before, int daysAgo, String status, double after) {
    assertThat(
            Points.add(
                    score(before, DAY.minusDays(daysAgo)),
                    Fixtures.USERS_ID,
                    failure(status, DAY),
                    7)
                .map(BounceScore::score))
        .contains(after);
  }

  @Test
  void aDayCountsOnceAndNoDayBeforeIt() {
    for (LocalDate day : new LocalDate[] {DAY, DAY.minusDays(1), DAY.minusDays(20)}) {
      assertThat(Points.add(score(1, DAY), Fixtures.USERS_ID, failure("5.1.1", day), 7)).isEmpty();
    }
  }

  @Test
  void noOrderOfReportsGivesMoreThanAPointADay() {
    Random random = new Random(20260310);
    for (int round = 0; round < 500; round++) {
      @Nullable BounceScore score = null;
      LocalDate first = DAY;
      LocalDate last = DAY;
      for (int i = 0; i < 60; i++) {
        LocalDate day = last.plusDays(random.nextInt(5) - 2);
        String status = random.nextBoolean() ? "5.1.1" : "5.2.2";
        Optional<BounceScore> next = Points.add(score, Fixtures.USERS_ID, failure(status, day), 7);
        if (score == null) {
          first = day;
        }
        if (next.isPresent()) {
          assertThat(score == null || day.isAfter(score.lastOn())).isTrue();
          score = next.get();
          last = day;
        }
        assertThat(score).isNotNull();
        assertThat(score.score())
            .isPositive()
            .isLessThanOrEqualTo(last.toEpochDay() - first.toEpochDay() + 1);
      }
    }
  }

  private static BounceScore score(double points, LocalDate lastOn) {
    return new BounceScore(
        Fixtures.USERS_ID, BOB, points, lastOn, "gone", null, null, 0, null, 1.0);
  }

  private static Failure failure(String status, LocalDate day) {
    return new Failure(BOB, Refusal.read(BOB, status, "it failed"), Fixtures.newId(), day);
  }
}
