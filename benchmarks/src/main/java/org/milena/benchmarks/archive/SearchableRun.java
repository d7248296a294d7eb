package org.milena.benchmarks.archive;

import java.time.Duration;
import java.util.List;
import org.milena.benchmarks.figures.Report;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.SmtpPost;
import org.milena.benchmarks.server.StandaloneServer;
import org.milena.benchmarks.server.Waiting;

/** The time from a post's 250 until a search finds it, while nothing else happens. */
final class SearchableRun {
  /** Who posts. */
  static final String MEMBER = "member0@example.net";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(5);
  private static final int WARM_UP = 3;

  private final StandaloneServer milena;
  private final String list;
  private int number;

  SearchableRun(StandaloneServer milena, String list) {
    this.milena = milena;
    this.list = list;
  }

  void run(int posts, Report report) {
    Sample millis = new Sample();
    try (SmtpPost post = SmtpPost.to(milena.smtpPort())) {
      for (int at = -WARM_UP; at < posts; at++) {
        String word = "measured" + Long.toString(System.nanoTime(), 36) + number++;
        long accepted = post.post(MEMBER, "", List.of(list), message(word));
        Waiting.until(
            "a search that finds " + word, LIMIT, STEP, () -> milena.api().finds(word, list));
        if (at >= 0) {
          millis.add((System.nanoTime() - accepted) / 1e6);
        }
        milena.api().awaitIdle(LIMIT);
      }
    }
    report.table(
        new Table("from 250 to found, at rest", "50 %, ms", "95 %, ms", "spread, ms")
            .row(
                Report.count(posts) + " posts",
                Sample.number(millis.median(), 0),
                Sample.number(millis.percentile(95), 0),
                millis.spread(0)));
  }

  private String message(String word) {
    return """
    From: %s
    To: %s
    Subject: looked for %s
    Date: Sat, 28 Nov 2026 10:00:00 +0000
    Message-ID: <%s@benchmark.example.net>

    Some letters reached Milena on the day they were written.
    """
        .formatted(MEMBER, list, word, word)
        .replace("\n", "\r\n");
  }
}
