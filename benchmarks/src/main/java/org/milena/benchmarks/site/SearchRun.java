package org.milena.benchmarks.site;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.SmtpPost;
import org.milena.benchmarks.server.StandaloneServer;
import org.milena.benchmarks.server.Waiting;

/** The time from a post's 250 until a search finds it, on an idle site and while posts flow. */
final class SearchRun {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(5);
  private static final int POSTS_A_SECOND = 20;
  private static final int MEMBERS = 10;
  private static final String MEMBER = "member0@example.net";
  private static final String LIST = "search@" + StandaloneServer.DOMAIN;
  private static final String BUSY_LIST = "busy@" + StandaloneServer.DOMAIN;

  private final Workbench bench;
  private final StandaloneServer milena;
  private final Letters letters = new Letters();

  SearchRun(Workbench bench, StandaloneServer milena) {
    this.bench = bench;
    this.milena = milena;
  }

  void run() {
    milena.api().createList(LIST, MEMBERS);
    milena.api().createList(BUSY_LIST, MEMBERS);
    Sample unused = untilFound(5, false);
    milena.api().awaitIdle(LIMIT);
    bench.heading("From 250 to found by a search");
    int posts = bench.scale().posts();
    Table table = new Table("asked every 5 ms", "median, ms", "95 %, ms", "spread, ms");
    row(table, "idle", untilFound(posts, true));
    row(
        table,
        "while " + POSTS_A_SECOND + " posts of 10 KB a second go to " + MEMBERS + " members each",
        underLoad(posts));
    bench.say(table.toString());
    milena.api().awaitIdle(LIMIT);
  }

  private static void row(Table table, String name, Sample sample) {
    table.row(
        name,
        Sample.number(sample.median(), 0),
        Sample.number(sample.percentile(95), 0),
        sample.spread(0));
  }

  /**
   * Posts until so many counted.
   *
   * @param calm whether nothing else is posted meanwhile, so that a quiet second can be waited for
   */
  private Sample untilFound(int posts, boolean calm) {
    Sample sample = new Sample();
    try (SmtpPost post = SmtpPost.to(milena.smtpPort())) {
      while (sample.size() < posts) {
        if (calm) {
          bench.quiet().await();
        }
        Quiet.Watch watch = bench.quiet().watch(milena::cpuSeconds);
        Letters.Letter letter = letters.next(MEMBER, LIST, Scale.OCTETS);
        long accepted = post.post(MEMBER, "", List.of(LIST), letter.text());
        Waiting.until(
            "a search that finds " + letter.word(),
            LIMIT,
            STEP,
            () -> milena.api().finds(letter.word(), LIST));
        double millis = (System.nanoTime() - accepted) / 1e6;
        if (watch.stop()) {
          sample.add(millis);
        }
      }
    }
    return sample;
  }

  private Sample underLoad(int posts) {
    try (SmtpPost load = SmtpPost.to(milena.smtpPort());
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> flow =
          clock.scheduleAtFixedRate(
              () -> post(load), 0, 1_000 / POSTS_A_SECOND, TimeUnit.MILLISECONDS);
      Sample unused = untilFound(3, false); // until the flow has come to every stage
      Sample sample = untilFound(posts, false);
      if (flow.isDone()) {
        throw new BenchmarkException("the load broke off: " + failure(flow));
      }
      clock.shutdownNow();
      return sample;
    }
  }

  private void post(SmtpPost load) {
    String text = letters.next(MEMBER, BUSY_LIST, Scale.OCTETS).text();
    long unused = load.post(MEMBER, "", List.of(BUSY_LIST), text);
  }

  private static String failure(Future<?> flow) {
    try {
      return String.valueOf(flow.get());
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
