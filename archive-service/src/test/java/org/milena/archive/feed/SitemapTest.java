package org.milena.archive.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.milena.archive.feed.SitemapSpans.Span;
import org.milena.archive.search.MonthCount;

class SitemapTest {

  @Test
  void writesPagesAndWhenTheyChanged() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SitemapWriter pages = SitemapWriter.ofPages(out);
    pages.add("https://x/a&b", Instant.parse("2026-01-05T10:00:00.5Z"));
    pages.add("https://x/c", null);
    pages.end();
    assertThat(out.toString(StandardCharsets.UTF_8).replace("\n", ""))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
                + "<url><loc>https://x/a&amp;b</loc><lastmod>2026-01-05T10:00:00Z</lastmod></url>"
                + "<url><loc>https://x/c</loc></url></urlset>");
  }

  @Test
  void keepsTheLimitsOfTheProtocol() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SitemapWriter pages = SitemapWriter.ofPages(out);
    pages.add("https://x/" + "a".repeat(2048), null);
    pages.add("https://x/" + "&".repeat(1000), null);
    for (int i = 0; i < SitemapWriter.URLS + 1; i++) {
      pages.add("https://x/%05d/".formatted(i) + "b".repeat(2000), Instant.EPOCH);
    }
    pages.end();
    assertThat(pages.isFull()).isTrue();
    String sitemap = out.toString(StandardCharsets.UTF_8);
    assertThat(sitemap).doesNotContain("aaa").doesNotContain("&amp;");
    assertThat(sitemap.split("<loc>", -1)).hasSize(SitemapWriter.URLS + 1);
    assertThat(out.size()).isLessThan(50_000_000);
  }

  @Test
  void putsWholeMonthsTogether() {
    List<MonthCount> months =
        List.of(
            month("2026-03", 3),
            month("2026-02", 25),
            month("2026-01", 4),
            month("2025-11", 6),
            month("2025-10", 1));
    assertThat(show(SitemapSpans.of(months, 10)))
        .isEqualTo(
            "2025-10..2025-11/1 2026-01..2026-01/1 2026-02..2026-02/1 2026-02..2026-02/2"
                + " 2026-02..2026-02/3 2026-03..2026-03/1");
    assertThat(SitemapSpans.of(List.of(), 10)).isEmpty();
  }

  @Test
  void holdsEveryPostInOneSitemapWhateverTheMonths() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 500; round++) {
      List<MonthCount> months = new ArrayList<>();
      YearMonth at = YearMonth.of(2000, 1);
      for (int i = random.nextInt(30); i > 0; i--) {
        at = at.plusMonths(1 + random.nextInt(3));
        months.add(new MonthCount(at, 1 + random.nextInt(25)));
      }
      List<Span> spans = SitemapSpans.of(months, 10);
      for (MonthCount month : months) {
        List<Span> of =
            spans.stream()
                .filter(span ->
                    !span.first().isAfter(month.month()) && !span.last().isBefore(month.month()))
                .toList();
        assertThat(of).hasSize(Math.max(1, (int) (month.posts() + 9) / 10));
      }
      for (Span span : spans) {
        long posts =
            months.stream()
                .filter(month ->
                    !span.first().isAfter(month.month()) && !span.last().isBefore(month.month()))
                .mapToLong(MonthCount::posts)
                .sum();
        assertThat(posts <= 10 || span.first().equals(span.last())).isTrue();
      }
    }
  }

  private static MonthCount month(String month, long posts) {
    return new MonthCount(YearMonth.parse(month), posts);
  }

  private static String show(List<Span> spans) {
    return spans.stream()
        .map(span -> span.first() + ".." + span.last() + "/" + span.part())
        .collect(Collectors.joining(" "));
  }
}
