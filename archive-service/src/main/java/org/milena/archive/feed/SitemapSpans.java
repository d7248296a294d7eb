package org.milena.archive.feed;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.MonthCount;

/**
 * How the posts of a list are spread over sitemaps: whole months, as many as fit; a month that does
 * not fit is spread over several.
 */
public final class SitemapSpans {

  /**
   * What one sitemap holds.
   *
   * @param last included
   * @param part which part of a month that does not fit, from 1
   */
  public record Span(YearMonth first, YearMonth last, int part) {}

  /**
   * All of them, the earliest first.
   *
   * @param months in any order
   * @param max posts in one
   */
  public static List<Span> of(List<MonthCount> months, int max) {
    List<Span> spans = new ArrayList<>();
    @Nullable YearMonth first = null;
    YearMonth last = YearMonth.of(1, 1);
    long posts = 0;
    for (MonthCount month :
        months.stream().sorted((a, b) -> a.month().compareTo(b.month())).toList()) {
      if (first != null && posts + month.posts() > max) {
        spans.add(new Span(first, last, 1));
        first = null;
      }
      if (month.posts() > max) {
        for (int part = 1; (part - 1L) * max < month.posts(); part++) {
          spans.add(new Span(month.month(), month.month(), part));
        }
        continue;
      }
      posts = first == null ? month.posts() : posts + month.posts();
      first = first == null ? month.month() : first;
      last = month.month();
    }
    if (first != null) {
      spans.add(new Span(first, last, 1));
    }
    return spans;
  }

  private SitemapSpans() {}
}
