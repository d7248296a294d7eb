package org.milena.common.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailPointTest {

  @Test
  void diesAtTheFirstPassOfItsPlaceOnly() {
    FailPoint point = FailPoint.of("scanner.S2");
    assertThat(point.isDue("scanner.S1")).isFalse();
    assertThat(point.isDue("scanner.S2")).isTrue();
  }

  @Test
  void aNumberLetsItPassSoOften() {
    FailPoint point = FailPoint.of("quarantine-release.S4:3");
    assertThat(point.isDue("quarantine-release.S4")).isFalse();
    assertThat(point.isDue("other.S4")).isFalse();
    assertThat(point.isDue("quarantine-release.S4")).isFalse();
    assertThat(point.isDue("quarantine-release.S4")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"scanner", "S2", "scanner.S2:0", "scanner.S2:x", "scanner.S2:", " x.S1"})
  void whatIsNoFailPointIsRefused(String text) {
    assertThatThrownBy(() -> FailPoint.of(text))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("MILENA_FAILPOINT");
  }

  @Test
  void nothingHappensUnarmed() {
    FailPoint.announce();
    FailPoint.hit("scanner.S1");
    assertThat(System.getenv("MILENA_FAILPOINT")).isNull();
  }
}
