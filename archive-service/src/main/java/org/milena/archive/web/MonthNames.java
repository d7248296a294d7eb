package org.milena.archive.web;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;

/** Months in words, in the language of the page. */
final class MonthNames {

  static String alone(YearMonth month) {
    return DateTimeFormatter.ofPattern("LLLL", PageTexts.locale()).format(month);
  }

  static String full(YearMonth month) {
    return DateTimeFormatter.ofPattern("LLLL uuuu", PageTexts.locale()).format(month);
  }

  private MonthNames() {}
}
