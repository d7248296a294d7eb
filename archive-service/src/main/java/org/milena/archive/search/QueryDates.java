package org.milena.archive.search;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.archive.search.QueryDate.Ago;
import org.milena.archive.search.QueryDate.Current;
import org.milena.archive.search.QueryDate.Fixed;
import org.milena.archive.search.QueryDate.InMonth;
import org.milena.archive.search.QueryDate.OnDay;
import org.milena.archive.search.QueryDate.Unit;

/**
 * Reads dates of queries: {@code 2026}, {@code 2026-01}, {@code 20260105}, {@code 20260105101500},
 * {@code 2026-01-05T10:15}, and the common ones of git's approxidate: {@code 2.weeks.ago}, {@code
 * yesterday}, {@code last.month}, {@code monday}, {@code 5.jan.2026}.
 */
final class QueryDates {
  private static final Pattern DATE =
      Pattern.compile("(\\d{4})(?:[-/.]?(\\d{1,2})(?:[-/.]?(\\d{1,2}))?)?");
  private static final Pattern DIGITS =
      Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)[tT]?(\\d\\d)(?:(\\d\\d)(?:(\\d\\d))?)?[zZ]?");
  private static final Pattern TIME =
      Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[tT ](\\d\\d)(?::(\\d\\d)(?::(\\d\\d))?)?[zZ]?");
  private static final List<Unit> PARTS =
      List.of(Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.SECOND);
  private static final Map<String, Unit> UNITS = new HashMap<>();
  private static final Map<String, DayOfWeek> DAYS = new HashMap<>();
  private static final Map<String, Month> MONTHS = new HashMap<>();

  static {
    for (Unit unit : Unit.values()) {
      String word = unit.name().toLowerCase(Locale.ROOT);
      UNITS.put(word, unit);
      UNITS.put(word + "s", unit);
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      String word = day.name().toLowerCase(Locale.ROOT);
      DAYS.put(word, day);
      DAYS.put(word.substring(0, 3), day);
    }
    for (Month month : Month.values()) {
      String word = month.name().toLowerCase(Locale.ROOT);
      MONTHS.put(word, month);
      MONTHS.put(word.substring(0, 3), month);
    }
  }

  /** The date that this is, if it is one. */
  static Optional<QueryDate> parse(String text) {
    for (Pattern pattern : List.of(DATE, DIGITS, TIME)) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.matches()) {
        return fixed(matcher);
      }
    }
    return words(List.of(text.toLowerCase(Locale.ROOT).split("[\\s._-]+", 10)));
  }

  private static Optional<QueryDate> fixed(Matcher matcher) {
    int[] parts = {0, 1, 1, 0, 0, 0};
    int known = 0;
    while (known < matcher.groupCount() && matcher.group(known + 1) != null) {
      parts[known] = Integer.parseInt(matcher.group(known + 1));
      known++;
    }
    return fixed(parts, PARTS.get(known - 1));
  }

  private static Optional<QueryDate> fixed(int[] p, Unit unit) {
    if (p[0] < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Fixed(LocalDateTime.of(p[0], p[1], p[2], p[3], p[4], p[5]), unit));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<QueryDate> words(List<String> words) {
    return switch (words.size()) {
      case 1 -> word(words.getFirst());
      case 2 -> twoWords(words.get(0), words.get(1));
      case 3 -> threeWords(words.get(0), words.get(1), words.get(2));
      default -> Optional.empty();
    };
  }

  private static Optional<QueryDate> word(String word) {
    return switch (word) {
      case "now" -> Optional.of(new Ago(0, Unit.SECOND));
      case "today" -> Optional.of(new Current(false, Unit.DAY));
      case "yesterday" -> Optional.of(new Current(true, Unit.DAY));
      default -> {
        DayOfWeek day = DAYS.get(word);
        Month month = MONTHS.get(word);
        yield day != null
            ? Optional.of(new OnDay(day))
            : month != null ? Optional.of(new InMonth(month)) : Optional.empty();
      }
    };
  }

  private static Optional<QueryDate> twoWords(String first, String second) {
    Unit unit = UNITS.get(second);
    if (first.equals("last") || first.equals("this")) {
      boolean last = first.equals("last");
      if (unit != null && unit.compareTo(Unit.DAY) >= 0) {
        return Optional.of(new Current(last, unit));
      }
      DayOfWeek day = DAYS.get(second);
      return last && day != null ? Optional.of(new OnDay(day)) : Optional.empty();
    }
    Month month = MONTHS.get(first);
    return month != null && second.matches("\\d{4}")
        ? fixed(new int[] {number(second), month.getValue(), 1, 0, 0, 0}, Unit.MONTH)
        : Optional.empty();
  }

  private static Optional<QueryDate> threeWords(String first, String second, String third) {
    Unit unit = UNITS.get(second);
    if (unit != null && third.equals("ago") && first.matches("[0-9]{1,5}")) {
      return Optional.of(new Ago(number(first), unit));
    }
    Month month = MONTHS.get(second);
    return month != null && first.matches("[0-9]{1,2}") && third.matches("[0-9]{4}")
        ? fixed(new int[] {number(third), month.getValue(), number(first), 0, 0, 0}, Unit.DAY)
        : Optional.empty();
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private QueryDates() {}
}
