package org.milena.archive.web;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Months in words. */
final class MonthNames {
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("LLLL uuuu", Locale.ENGLISH);

  private static final DateTimeFormatter ALONE =
      DateTimeFormatter.ofPattern("LLLL", Locale.ENGLISH);

  static String alone(YearMonth month) {
    return ALONE.format(month);
  }

  static String full(YearMonth month) {
    return FULL.format(month);
  }

  private MonthNames() {}
}
