package org.milena.archive.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryDateTest {
  /** A Sunday. */
  private static final Instant NOW = Instant.parse("2026-03-01T12:30:15Z");

  @ParameterizedTest
  @CsvSource({
    "2026, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "202602, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "2026/2/5, 2026-02-05T00:00:00Z, 2026-02-06T00:00:00Z",
    "20240229, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
    "2026022823, 2026-02-28T23:00:00Z, 2026-03-01T00:00:00Z",
    "202602282359, 2026-02-28T23:59:00Z, 2026-03-01T00:00:00Z",
    "20260228235959, 2026-02-28T23:59:59Z, 2026-03-01T00:00:00Z",
    "20260228T2359Z, 2026-02-28T23:59:00Z, 2026-03-01T00:00:00Z",
    "2026-02-28T23:59:59Z, 2026-02-28T23:59:59Z, 2026-03-01T00:00:00Z",
    "2026-02-28 23, 2026-02-28T23:00:00Z, 2026-03-01T00:00:00Z",
    "0001, 0001-01-01T00:00:00Z, 0002-01-01T00:00:00Z",
    "now, 2026-03-01T12:30:15Z, 2026-03-01T12:30:16Z",
    "today, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
    "Yesterday, 2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
    "2.weeks.ago, 2026-02-15T00:00:00Z, 2026-02-16T00:00:00Z",
    "1 month ago, 2026-02-01T00:00:00Z, 2026-02-02T00:00:00Z",
    "1_year_ago, 2025-03-01T00:00:00Z, 2025-03-02T00:00:00Z",
    "90.minutes.ago, 2026-03-01T11:00:15Z, 2026-03-01T11:00:16Z",
    "99999.years.ago, 0001-01-01T00:00:00Z, 0001-01-02T00:00:00Z",
    "99999.months.ago, 0001-01-01T00:00:00Z, 0001-01-02T00:00:00Z",
    "99999.weeks.ago, 0109-08-25T00:00:00Z, 0109-08-26T00:00:00Z",
    "this.week, 2026-02-23T00:00:00Z, 2026-03-02T00:00:00Z",
    "last.week, 2026-02-16T00:00:00Z, 2026-02-23T00:00:00Z",
    "this.month, 2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z",
    "last.month, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "last.year, 2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
    "sunday, 2026-02-22T00:00:00Z, 2026-02-23T00:00:00Z",
    "last.mon, 2026-02-23T00:00:00Z, 2026-02-24T00:00:00Z",
    "march, 2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z",
    "apr, 2025-04-01T00:00:00Z, 2025-05-01T00:00:00Z",
    "feb.2024, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
    "29.feb.2024, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
  })
  void isAPieceOfTime(String text, Instant from, Instant until) {
    assertThat(QueryDates.parse(text))
        .hasValueSatisfying(date -> {
          assertThat(date.at(NOW)).isEqualTo(new QueryDate.Span(from, until));
          assertThat(QueryDates.parse(date.text())).contains(date);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20260230",
        "2026-13",
        "0000",
        "1",
        "2026010124",
        "2026-01-01T10:60",
        "tomorrow",
        "last.hour",
        "this.monday",
        "x.weeks.ago",
        "2.weeks",
        "100000.days.ago",
        "30.feb.2026",
        "٢٠٢٦",
        "...",
        "2.weeks.ago.and.more"
      })
  void refusesWhatIsNone(String text) {
    assertThat(QueryDates.parse(text)).isEmpty();
  }

  @Test
  void endsWithTheLastYear() {
    assertThat(QueryDates.parse("9999").orElseThrow().at(NOW).until().toEpochMilli())
        .isEqualTo(253_402_300_800_000L);
  }
}
