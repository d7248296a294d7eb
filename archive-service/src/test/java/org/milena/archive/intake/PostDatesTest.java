package org.milena.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostDatesTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-01T11:00:00Z, true",
    "2009-01-01T00:00:00Z, true",
    "2026-11-02T12:00:00Z, true",
    "2026-11-02T12:00:01Z, false",
    "2050-01-01T00:00:00Z, false",
    "1970-01-01T00:00:01Z, false",
  })
  void believesWhatCanBe(Instant header, boolean believed) {
    assertThat(PostDates.of(header, RECEIVED, false)).isEqualTo(believed ? header : RECEIVED);
  }

  @ParameterizedTest
  @CsvSource({"2025-11-01T11:00:00Z, true", "2009-01-01T00:00:00Z, false"})
  void believesNoImportedPostThatItWasOnItsWayForYears(Instant header, boolean believed) {
    assertThat(PostDates.of(header, RECEIVED, true)).isEqualTo(believed ? header : RECEIVED);
  }

  @Test
  void takesTheTimeOfArrivalForNothing() {
    assertThat(PostDates.of(null, RECEIVED, false)).isEqualTo(RECEIVED);
  }
}
