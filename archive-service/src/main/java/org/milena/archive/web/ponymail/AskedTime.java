package org.milena.archive.web.ponymail;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.Query;
import org.milena.archive.search.Query.Between;
import org.milena.archive.search.QueryDate.Unit;
import org.milena.common.web.ApiProblem;

/**
 * Reads the times that Pony Mail asks for. Where several are said, the first of {@code date},
 * {@code s} with {@code e}, {@code dfrom} with {@code dto}, and {@code d} counts; where none is,
 * the last 30 days.
 */
final class AskedTime {
  private static final Pattern AGO = Pattern.compile("(lte|gte)=(\\d{1,5})([dwMy])");
  private static final Pattern MONTH = Pattern.compile("(\\d{4})-(\\d{1,2})");
  private static final String DAY = "(\\d{4})-(\\d{1,2})-(\\d{1,2})";
  private static final Pattern SPAN = Pattern.compile("dfr=" + DAY + "\\|dto=" + DAY);
  private static final int USUAL_DAYS = 30;

  /**
   * The time that is meant.
   *
   * @throws ApiProblem 400 where it is none
   */
  static Between of(MailParameters said, Instant now) {
    if (isSaid(said.date()) && !isSaid(said.e())) {
      return months(said.date(), said.date());
    }
    if (isSaid(said.s()) && isSaid(said.e())) {
      return months(said.s(), said.e());
    }
    if (isSaid(said.dfrom()) && isSaid(said.dto())) {
      return days(said.dfrom(), said.dto(), now);
    }
    return isSaid(said.d())
        ? read(said.d(), now)
        : between(Unit.DAY.before(now, USUAL_DAYS), now.plus(Duration.ofDays(1)));
  }

  private static boolean isSaid(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  private static Between read(@Nullable String text, Instant now) {
    String d = text == null ? "" : text.strip();
    Matcher ago = AGO.matcher(d);
    if (ago.matches()) {
      Instant then = unit(ago.group(3)).before(now, Integer.parseInt(ago.group(2)));
      return ago.group(1).equals("lte") ? between(then, null) : between(null, then);
    }
    Matcher span = SPAN.matcher(d);
    if (span.matches()) {
      return between(begin(day(span, 1)), begin(day(span, 4).plusDays(1)));
    }
    return months(d, d);
  }

  private static Unit unit(String letter) {
    return switch (letter) {
      case "d" -> Unit.DAY;
      case "w" -> Unit.WEEK;
      case "M" -> Unit.MONTH;
      default -> Unit.YEAR;
    };
  }

  private static Between months(@Nullable String first, @Nullable String last) {
    return between(begin(month(first).atDay(1)), begin(month(last).plusMonths(1).atDay(1)));
  }

  private static Between days(@Nullable String from, @Nullable String count, Instant now) {
    int begin = number(from);
    int days = Math.min(number(count), begin);
    return between(Unit.DAY.before(now, begin), Unit.DAY.before(now, begin - days));
  }

  private static int number(@Nullable String text) {
    if (text == null || !text.matches("\\d{1,5}")) {
      throw unread(text);
    }
    return Integer.parseInt(text);
  }

  private static YearMonth month(@Nullable String text) {
    Matcher month = MONTH.matcher(text == null ? "" : text.strip());
    try {
      if (month.matches() && !month.group(1).equals("0000")) {
        return YearMonth.of(Integer.parseInt(month.group(1)), Integer.parseInt(month.group(2)));
      }
    } catch (DateTimeException _) {
      // told below
    }
    throw unread(text);
  }

  private static LocalDate day(Matcher span, int group) {
    try {
      return LocalDate.of(
          Integer.parseInt(span.group(group)),
          Integer.parseInt(span.group(group + 1)),
          Integer.parseInt(span.group(group + 2)));
    } catch (DateTimeException _) {
      throw unread(span.group());
    }
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Between between(@Nullable Instant from, @Nullable Instant until) {
    return new Between(Query.Timestamp.WRITTEN, from, until);
  }

  private static ApiProblem unread(@Nullable String text) {
    return ApiProblem.badRequest(
        "invalid-date",
        text
            + " is no time: write 2026-1, lte=1M, gte=2w, or dfr=2026-1-5|dto=2026-1-9; s and e"
            + " are months, dfrom and dto numbers of days.");
  }

  private AskedTime() {}
}
