package org.milena.listexpander.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.ledger.Ledger;

class LimitsTest {
  private final Ledger ledger = new ListWorld().ledger(new MemoryTransaction());
  private Instant now = Fixtures.NOW;

  @Test
  void givesEachOfThemOnceAndThenNone() {
    for (int i = 1; i <= 7; i++) {
      assertThat(used(7)).isFalse();
      assertThat(take("a", 7)).isEqualTo(i);
    }
    assertThat(take("a", 7)).isZero();
    assertThat(used(7)).isTrue();
    assertThat(used(8)).as("a limit that was raised").isFalse();
    assertThat(take("a", 8)).isEqualTo(8);
    assertThat(take("a", 3)).as("one that was lowered").isZero();
    assertThat(take("b", 7)).as("another count").isEqualTo(1);
  }

  @Test
  void beginsAnewWithTheNextHour() {
    assertThat(take("a", 1)).isEqualTo(1);
    assertThat(take("a", 1)).isZero();
    now = now.plus(Duration.ofHours(1));
    assertThat(used(1)).isFalse();
    assertThat(take("a", 1)).isEqualTo(1);
  }

  @Test
  void aLimitOfNoneIsUsed() {
    assertThat(used(0)).isTrue();
    assertThat(take("a", 0)).isZero();
  }

  private boolean used(int most) {
    return Limits.used(ledger, Fixtures.USERS_ID, "a", most, ChronoUnit.HOURS, now);
  }

  private int take(String what, int most) {
    return Limits.take(
        ledger, Fixtures.USERS_ID, what, most, ChronoUnit.HOURS, Fixtures.newId(), now);
  }
}
