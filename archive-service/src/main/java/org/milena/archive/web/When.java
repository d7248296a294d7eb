package org.milena.archive.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A moment on a page.
 *
 * @param iso for programs
 * @param day 5 January 2026
 * @param minute 5 January 2026, 10:00 UTC
 */
public record When(String iso, String day, String minute) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static When of(Instant instant) {
    return new When(instant.toString(), DAY.format(instant), MINUTE.format(instant));
  }
}
