package org.milena.archive.web;

import java.time.DateTimeException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.milena.common.web.ApiProblem;

/** Months in requests. */
public final class Months {

  /** The month; null for none. */
  public static @Nullable YearMonth parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      YearMonth month = YearMonth.parse(text.strip());
      if (month.getYear() >= 1 && month.getYear() <= 9999) {
        return month;
      }
    } catch (DateTimeException _) {
      // told below
    }
    throw ApiProblem.badRequest("invalid-month", text + " is not a month: write 2026-01.");
  }

  private Months() {}
}
