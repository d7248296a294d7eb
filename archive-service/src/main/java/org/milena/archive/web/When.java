package org.milena.archive.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A moment on a page, in its language.
 *
 * @param iso for programs
 * @param day 5 January 2026
 * @param minute 5 January 2026, 10:00 UTC
 */
public record When(String iso, String day, String minute) {

  static When of(Instant instant) {
    Locale locale = PageTexts.locale();
    String day = locale.getLanguage().equals("de") ? "d. MMM uuuu" : "d MMM uuuu";
    return new When(
        instant.toString(),
        format(day, locale, instant),
        format(day + ", HH:mm 'UTC'", locale, instant));
  }

  private static String format(String pattern, Locale locale, Instant instant) {
    return DateTimeFormatter.ofPattern(pattern, locale).withZone(ZoneOffset.UTC).format(instant);
  }
}
