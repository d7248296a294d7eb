package org.milena.benchmarks.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import org.milena.benchmarks.figures.Report;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.MilenaApi;
import org.milena.benchmarks.server.PublicInboxServer;

/**
 * The same messages in an archive of public-inbox on this machine, and the same searches asked of
 * both in turn, so that whatever else the machine does slows both.
 */
final class BesideRun {
  /** Rounds of all queries before it counts: both have served for a while then. */
  private static final int WARM_UP = 5;

  private final MilenaApi api;
  private final String list;
  private final List<String> queries;

  BesideRun(MilenaApi api, String list, List<String> queries) {
    this.api = api;
    this.list = list;
    this.queries = queries;
  }

  /**
   * Fills the other archive and asks both.
   *
   * @param posts how many the list has, which are the first ones of the files
   */
  void run(Posts source, int posts, Path folder, Report report) throws IOException {
    Path mbox = folder.resolve("beside.mbox");
    try (MboxFile file = new MboxFile(mbox)) {
      source.give(0, posts, post -> file.add(post.raw(), post.receivedAt()));
    }
    long began = System.nanoTime();
    try (PublicInboxServer other = PublicInboxServer.of(folder, mbox)) {
      double filled = (System.nanoTime() - began) / 1e9;
      Sample ours = new Sample();
      Sample theirs = new Sample();
      for (int round = 0; round < WARM_UP; round++) {
        ask(other, new Sample(), new Sample());
      }
      ask(other, ours, theirs);
      report.table(
          new Table("beside public-inbox", "Milena", "public-inbox")
              .row(
                  "posts a second until all were searchable", "above", Report.count(posts / filled))
              .row(
                  "messages; what is searched",
                  "above",
                  Report.megabytes(other.messagesSize())
                      + "; "
                      + Report.megabytes(other.indexSize()))
              .row("the page of a search, 50 %, ms", number(ours.median()), number(theirs.median()))
              .row("95 %, ms", number(ours.percentile(95)), number(theirs.percentile(95)))
              .row("99 %, ms", number(ours.percentile(99)), number(theirs.percentile(99))));
    }
  }

  private void ask(PublicInboxServer other, Sample ours, Sample theirs) {
    for (String query : queries) {
      ours.add(
          api.pageMillis("/archive/search?q=" + URLEncoder.encode(query, UTF_8) + "&list=" + list));
      theirs.add(other.searchMillis(query));
    }
  }

  private static String number(double millis) {
    return Sample.number(millis, 1);
  }
}
