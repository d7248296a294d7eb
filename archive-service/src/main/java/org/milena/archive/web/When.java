package org.milena.archive.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A moment on a page, in its language.
 *
 * @param iso for programs
 * @param day 5 January 2026
 * @param minute 5 January 2026, 10:00 UTC
 */
public record When(String iso, String day, String minute) {

  /** To make one takes longer than to use it for a page; there are as many as languages. */
  private static final Map<Locale, Forms> FORMS = new ConcurrentHashMap<>();

  private record Forms(DateTimeFormatter day, DateTimeFormatter minute) {
    static Forms of(Locale locale) {
      String day = locale.getLanguage().equals("de") ? "d. MMM uuuu" : "d MMM uuuu";
      return new Forms(form(day, locale), form(day + ", HH:mm 'UTC'", locale));
    }

    private static DateTimeFormatter form(String pattern, Locale locale) {
      return DateTimeFormatter.ofPattern(pattern, locale).withZone(ZoneOffset.UTC);
    }
  }

  /** In the language of the reader, and in UTC. */
  public static When of(Instant instant) {
    Forms forms = FORMS.computeIfAbsent(PageTexts.locale(), Forms::of);
    return new When(
        instant.toString(), forms.day().format(instant), forms.minute().format(instant));
  }
}
