package org.milena.common.header;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Map;
import java.util.Optional;

/** Dates of header fields (RFC 5322 section 3.3 and 4.3). */
public final class MailDates {

  /** The names are part of the protocol, so they come from no locale. */
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendText(
              ChronoField.DAY_OF_WEEK,
              Map.of(1L, "Mon", 2L, "Tue", 3L, "Wed", 4L, "Thu", 5L, "Fri", 6L, "Sat", 7L, "Sun"))
          .appendLiteral(", ")
          .appendValue(ChronoField.DAY_OF_MONTH)
          .appendLiteral(' ')
          .appendText(
              ChronoField.MONTH_OF_YEAR,
              Map.ofEntries(
                  Map.entry(1L, "Jan"),
                  Map.entry(2L, "Feb"),
                  Map.entry(3L, "Mar"),
                  Map.entry(4L, "Apr"),
                  Map.entry(5L, "May"),
                  Map.entry(6L, "Jun"),
                  Map.entry(7L, "Jul"),
                  Map.entry(8L, "Aug"),
                  Map.entry(9L, "Sep"),
                  Map.entry(10L, "Oct"),
                  Map.entry(11L, "Nov"),
                  Map.entry(12L, "Dec")))
          .appendLiteral(' ')
          .appendValue(ChronoField.YEAR, 4)
          .appendLiteral(' ')
          .appendValue(ChronoField.HOUR_OF_DAY, 2)
          .appendLiteral(':')
          .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
          .appendLiteral(':')
          .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
          .appendLiteral(' ')
          .appendOffset("+HHMM", "+0000")
          .toFormatter(java.util.Locale.ROOT);

  private MailDates() {}

  /**
   * The moment a {@code Date} field means, as well as it can be made out: with or without day name,
   * seconds and zone (then UTC), years of two and three digits, named zones, comments, the order of
   * {@code asctime}, ISO 8601. Empty when there is no date in it.
   */
  public static Optional<Instant> parse(String headerValue) {
    return new DateReader(headerValue).read();
  }

  /**
   * The moment as RFC 5322 writes it in this zone: {@code Fri, 21 Nov 2025 09:55:06 +0100}.
   *
   * @throws java.time.DateTimeException when the year has not four digits
   */
  public static String format(Instant instant, ZoneId zone) {
    return FORMAT.format(instant.atZone(zone));
  }
}
