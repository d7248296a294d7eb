package org.milena.archive.web;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.MonthCount;

/**
 * How much was written in the last months, as bars.
 *
 * @param width of the picture, in its own points
 * @param words what it shows, for those who do not see it
 */
public record ActivityView(int width, int height, List<Bar> bars, String words) {
  private static final int MONTHS = 60;

  /** Of a young list, so that two months do not look like two walls. */
  private static final int FEWEST = 24;

  private static final int STEP = 10;
  private static final int HEIGHT = 60;

  /** A month's bar. */
  public record Bar(int x, int y, int width, int height, String title) {}

  /**
   * @param months those with posts, newest first
   * @return null where there is too little to see
   */
  static @Nullable ActivityView of(List<MonthCount> months) {
    if (months.size() < 2) {
      return null;
    }
    Map<YearMonth, Long> posts = new HashMap<>();
    months.forEach(month -> posts.put(month.month(), month.posts()));
    YearMonth last = months.getFirst().month();
    YearMonth begin = last.minusMonths(MONTHS - 1L);
    YearMonth oldest = months.getLast().month();
    YearMonth young = last.minusMonths(FEWEST - 1L);
    YearMonth first = oldest.isBefore(begin) ? begin : oldest.isBefore(young) ? oldest : young;
    MonthCount most =
        months.stream()
            .filter(month -> !month.month().isBefore(first))
            .max(Comparator.comparingLong(MonthCount::posts))
            .orElseThrow();
    List<Bar> bars = new ArrayList<>();
    int x = 0;
    for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
      long count = posts.getOrDefault(month, 0L);
      int height = count == 0 ? 0 : (int) Math.max(2, HEIGHT * count / most.posts());
      bars.add(
          new Bar(
              x,
              HEIGHT - height,
              STEP - 2,
              height,
              MonthNames.full(month) + ": " + PageTexts.of("archive.messages", count)));
      x += STEP;
    }
    return new ActivityView(
        x,
        HEIGHT,
        bars,
        PageTexts.of(
            "archive.activity",
            MonthNames.full(first),
            MonthNames.full(last),
            MonthNames.full(most.month()),
            PageTexts.of("archive.messages", most.posts())));
  }
}
