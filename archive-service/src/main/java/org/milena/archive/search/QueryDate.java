package org.milena.archive.search;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * A date as it stands in a query. Each is a piece of time: {@code 2026} a year, {@code yesterday} a
 * day. All are UTC, since readers of one archive live in many places.
 */
public sealed interface QueryDate {

  /** The piece of time that this is at a moment. */
  Span at(Instant now);

  /** As it is written in a query. */
  String text();

  /**
   * A piece of time.
   *
   * @param from included
   * @param until excluded
   */
  record Span(Instant from, Instant until) {}

  /** What time is counted in. */
  enum Unit {
    SECOND(ChronoUnit.SECONDS),
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS),
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS),
    YEAR(ChronoUnit.YEARS);

    private final ChronoUnit chrono;

    Unit(ChronoUnit chrono) {
      this.chrono = chrono;
    }

    /** The unit that holds this moment: weeks begin on Monday. */
    private LocalDateTime begin(LocalDateTime time) {
      return switch (this) {
        case SECOND, MINUTE, HOUR, DAY -> time.truncatedTo(chrono);
        case WEEK ->
            time.truncatedTo(ChronoUnit.DAYS)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        case YEAR -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
      };
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** So long before a moment; not before the year 1. */
    public Instant before(Instant now, int amount) {
      LocalDateTime time = utc(now);
      long years = ChronoUnit.YEARS.between(FIRST, time);
      return switch (this) {
        case MONTH -> amount / 12 >= years ? instant(FIRST) : instant(time.minusMonths(amount));
        case YEAR -> amount >= years ? instant(FIRST) : instant(time.minusYears(amount));
        case SECOND, MINUTE, HOUR, DAY, WEEK -> instant(time.minus(amount, chrono));
      };
    }
  }

  /** The first moment that a query can name. */
  LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);

  /**
   * A year, month, day, hour, minute or second of the calendar.
   *
   * @param begin where it begins
   */
  record Fixed(LocalDateTime begin, Unit unit) implements QueryDate {
    private static final DateTimeFormatter SECONDS =
        DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    @Override
    public Span at(Instant now) {
      return new Span(instant(begin), instant(begin.plus(1, unit.chrono)));
    }

    @Override
    public String text() {
      String digits = SECONDS.format(begin);
      return switch (unit) {
        case YEAR -> digits.substring(0, 4);
        case MONTH -> digits.substring(0, 4) + "-" + digits.substring(4, 6);
        case WEEK, DAY -> digits.substring(0, 8);
        case HOUR -> digits.substring(0, 10);
        case MINUTE -> digits.substring(0, 12);
        case SECOND -> digits;
      };
    }
  }

  /** So many units ago: the day that lies there; of hours and less, the moment. */
  record Ago(int amount, Unit unit) implements QueryDate {
    @Override
    public Span at(Instant now) {
      Instant then = unit.before(now, amount);
      if (unit.compareTo(Unit.DAY) < 0) {
        return new Span(then, then.plusSeconds(1));
      }
      LocalDateTime day = Unit.DAY.begin(utc(then));
      return new Span(instant(day), instant(day.plusDays(1)));
    }

    @Override
    public String text() {
      return amount + "." + unit.word() + (amount == 1 ? "" : "s") + ".ago";
    }
  }

  /** The day, week, month or year that is now, or the one before. */
  record Current(boolean last, Unit unit) implements QueryDate {
    @Override
    public Span at(Instant now) {
      LocalDateTime begin = unit.begin(utc(now));
      LocalDateTime from = last ? begin.minus(1, unit.chrono) : begin;
      return new Span(instant(from), instant(from.plus(1, unit.chrono)));
    }

    @Override
    public String text() {
      return unit == Unit.DAY
          ? last ? "yesterday" : "today"
          : (last ? "last." : "this.") + unit.word();
    }
  }

  /** The last such day of the week before today. */
  record OnDay(DayOfWeek day) implements QueryDate {
    @Override
    public Span at(Instant now) {
      LocalDate date = utc(now).toLocalDate().with(TemporalAdjusters.previous(day));
      return new Span(instant(date.atStartOfDay()), instant(date.plusDays(1).atStartOfDay()));
    }

    @Override
    public String text() {
      return day.name().toLowerCase(Locale.ROOT);
    }
  }

  /** The last such month that has begun. */
  record InMonth(Month month) implements QueryDate {
    @Override
    public Span at(Instant now) {
      LocalDate today = utc(now).toLocalDate();
      LocalDate first = LocalDate.of(today.getYear(), month, 1);
      LocalDate from = first.isAfter(today) ? first.minusYears(1) : first;
      return new Span(instant(from.atStartOfDay()), instant(from.plusMonths(1).atStartOfDay()));
    }

    @Override
    public String text() {
      return month.name().toLowerCase(Locale.ROOT);
    }
  }

  private static LocalDateTime utc(Instant now) {
    return LocalDateTime.ofInstant(now, ZoneOffset.UTC);
  }

  private static Instant instant(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC);
  }
}
