package org.milena.listexpander.digest;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import org.milena.common.event.ListState;
import org.milena.common.settings.VolumeEvery;

/**
 * The number of a digest.
 *
 * @param day on which it goes out, in the list's time zone
 */
record Issue(int volume, int number, LocalDate day) {
  /**
   * The number of the next digest: the first of a new volume when another year, quarter, month,
   * week or day has begun since the last one. A day before the last one's (somebody set the zone or
   * the clock back) begins nothing.
   */
  static Issue next(ListState state, VolumeEvery every, LocalDate today) {
    LocalDate last = state.lastDigestOn();
    boolean full = last != null && today.isAfter(last) && !isSame(every, last, today);
    return full
        ? new Issue(state.volume() + 1, 1, today)
        : new Issue(state.volume(), state.issue(), today);
  }

  /** Whether two days lie in one volume. Weeks are those of ISO 8601. */
  static boolean isSame(VolumeEvery every, LocalDate a, LocalDate b) {
    return switch (every) {
      case YEAR -> a.getYear() == b.getYear();
      case QUARTER -> a.getYear() == b.getYear() && quarter(a) == quarter(b);
      case MONTH -> a.getYear() == b.getYear() && a.getMonth() == b.getMonth();
      case WEEK ->
          a.get(IsoFields.WEEK_BASED_YEAR) == b.get(IsoFields.WEEK_BASED_YEAR)
              && a.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)
                  == b.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case DAY -> a.equals(b);
    };
  }

  private static int quarter(LocalDate day) {
    return (day.getMonthValue() - 1) / 3;
  }

  /** What the list counts when this one is out. */
  ListState countedIn(ListState state) {
    LocalDate last = state.lastDigestOn();
    return new ListState(
        state.list(),
        state.posts(),
        volume,
        number + 1,
        last != null && last.isAfter(day) ? last : day,
        state.lastDailyOn());
  }
}
