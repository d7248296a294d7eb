package org.milena.archive.web.ponymail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.search.Query;
import org.milena.common.web.ApiProblem;

class AskedTimeTest {
  private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

  private static void assertSpan(
      MailParameters said, @Nullable String from, @Nullable String until) {
    assertThat(AskedTime.of(said, NOW))
        .isEqualTo(
            new Query.Between(
                Query.Timestamp.WRITTEN,
                from == null ? null : Instant.parse(from),
                until == null ? null : Instant.parse(until)));
  }

  @ParameterizedTest
  @CsvSource({
    "lte=1M, 2026-02-28T12:00:00Z,",
    "lte=3d, 2026-03-28T12:00:00Z,",
    "lte=2w, 2026-03-17T12:00:00Z,",
    "lte=1y, 2025-03-31T12:00:00Z,",
    "gte=1M, , 2026-02-28T12:00:00Z",
    "gte=99999y, , 0001-01-01T00:00:00Z",
    "2026-1, 2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z",
    "2026-01, 2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z",
    "2025-12, 2025-12-01T00:00:00Z, 2026-01-01T00:00:00Z",
    "dfr=2026-1-5|dto=2026-1-5, 2026-01-05T00:00:00Z, 2026-01-06T00:00:00Z",
    "dfr=2024-2-29|dto=2024-12-31, 2024-02-29T00:00:00Z, 2025-01-01T00:00:00Z",
  })
  void readsTimes(String d, @Nullable String from, @Nullable String until) {
    assertSpan(Said.mails("d", d), from, until);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lte=1h",
        "lte=M",
        "lte=100000d",
        "2026",
        "2026-13",
        "2026-0",
        "0000-1",
        "dfr=2026-2-30|dto=2026-3-1",
        "dfr=2026-2-1",
        "yesterday",
        "2026-1-5",
        "٢٠٢٦-1"
      })
  void refusesWhatIsNoTime(String d) {
    assertThatThrownBy(() -> AskedTime.of(Said.mails("d", d), NOW))
        .isInstanceOf(ApiProblem.class)
        .hasMessageContaining("is no time");
  }

  @Test
  void takesTheLastThirtyDaysWhereNothingIsSaid() {
    String from = "2026-03-01T12:00:00Z";
    String until = "2026-04-01T12:00:00Z";
    assertSpan(Said.mails(), from, until);
    assertSpan(Said.mails("d", " "), from, until);
    assertSpan(Said.mails("s", "2026-1"), from, until);
    assertSpan(Said.mails("dfrom", "7"), from, until);
  }

  @Test
  void readsMonthsFromAndTo() {
    assertSpan(
        Said.mails("s", "2025-11", "e", "2026-1", "d", "lte=1d"),
        "2025-11-01T00:00:00Z",
        "2026-02-01T00:00:00Z");
    assertSpan(
        Said.mails("date", "2025-11", "s", "2026-1"),
        "2025-11-01T00:00:00Z",
        "2025-12-01T00:00:00Z");
  }

  @Test
  void readsDaysAgo() {
    assertSpan(
        Said.mails("dfrom", "10", "dto", "3"), "2026-03-21T12:00:00Z", "2026-03-24T12:00:00Z");
    assertSpan(
        Said.mails("dfrom", "10", "dto", "30"), "2026-03-21T12:00:00Z", "2026-03-31T12:00:00Z");
    assertThatThrownBy(() -> AskedTime.of(Said.mails("dfrom", "x", "dto", "3"), NOW))
        .isInstanceOf(ApiProblem.class);
  }
}
