package org.milena.archive.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates in queries: {@code 2026}, {@code 202601}, {@code 2026-01-05}, {@code 2026/1/5}. All UTC.
 */
final class QueryDates {

  /** A year, month or day: from inclusive, until exclusive. */
  record Span(Instant from, Instant until) {}

  private static final Pattern FORM =
      Pattern.compile("(\\d{4})(?:[-/.]?(\\d{1,2})(?:[-/.]?(\\d{1,2}))?)?");

  static Optional<Span> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1) {
      return Optional.empty();
    }
    try {
      int year = Integer.parseInt(matcher.group(1));
      if (matcher.group(2) == null) {
        LocalDate first = LocalDate.of(year, 1, 1);
        return Optional.of(span(first, first.plusYears(1)));
      }
      int month = Integer.parseInt(matcher.group(2));
      if (matcher.group(3) == null) {
        LocalDate first = LocalDate.of(year, month, 1);
        return Optional.of(span(first, first.plusMonths(1)));
      }
      LocalDate day = LocalDate.of(year, month, Integer.parseInt(matcher.group(3)));
      return Optional.of(span(day, day.plusDays(1)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Span span(LocalDate from, LocalDate until) {
    return new Span(
        from.atStartOfDay().toInstant(ZoneOffset.UTC),
        until.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  private QueryDates() {}
}
