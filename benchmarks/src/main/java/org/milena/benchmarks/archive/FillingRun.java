package org.milena.benchmarks.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.milena.benchmarks.figures.Report;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.StandaloneServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Brings posts into the archive by {@code ./milena import mbox}, and looks what they take. */
final class FillingRun {
  private static final Duration LIMIT = Duration.ofMinutes(60);

  private final StandaloneServer milena;
  private final Posts posts;
  private final Path folder;
  private final String list;
  private final Queries queries;
  private int there;
  private long octets;

  FillingRun(StandaloneServer milena, Posts posts, Path folder, String list, Queries queries) {
    this.milena = milena;
    this.posts = posts;
    this.folder = folder;
    this.list = list;
    this.queries = queries;
  }

  /** Fills up to so many posts. */
  void fill(int size, Report report) throws IOException {
    Path mbox = folder.resolve("posts.mbox");
    try (MboxFile file = new MboxFile(mbox)) {
      posts.give(
          there,
          size,
          post -> {
            file.add(post.raw(), post.receivedAt());
            if (there == 0) {
              queries.look(post.raw());
            }
          });
    }
    int added = size - there;
    octets += Files.size(mbox);
    double cpu = milena.cpuSeconds();
    long began = System.nanoTime();
    JsonNode outcome =
        JsonMapper.shared()
            .readTree(milena.milena("import", "mbox", mbox.toString(), "--list", list, "--json"));
    double acknowledged = (System.nanoTime() - began) / 1e9;
    milena.api().awaitIdle(LIMIT);
    double searchable = (System.nanoTime() - began) / 1e9;
    cpu = milena.cpuSeconds() - cpu;
    Files.delete(mbox);
    if (outcome.path("added").asLong() != added) {
      throw new BenchmarkException("not all were new: " + outcome);
    }
    there = size;
    report.table(
        new Table("imported", Report.count(added))
            .row("seconds until all were acknowledged", Sample.number(acknowledged, 1))
            .row("posts a second, acknowledged", Report.count(added / acknowledged))
            .row("seconds until all were searchable", Sample.number(searchable, 1))
            .row("posts a second, searchable", Report.count(added / searchable))
            .row(
                "CPU of services, broker and search engine, ms a post",
                Sample.number(cpu * 1000 / added, 2)));
  }

  /** What all of them take. */
  void size(Report report) {
    var before = milena.searchEngine().size();
    var merged = milena.searchEngine().sizeMerged();
    report.table(
        new Table("room on the disk", "")
            .row("posts", Report.count(there))
            .row("mbox", Report.megabytes(octets))
            .row("index as it is after reading", Report.megabytes(before.whole()))
            .row("index when merged", Report.megabytes(merged.whole()))
            .row(
                "of it messages; what is searched",
                Report.megabytes(merged.raw()) + "; " + Report.megabytes(merged.posts()))
            .row("octets of index a post", Report.count((double) merged.whole() / there))
            .row("ratio to the mbox", Sample.number((double) merged.whole() / octets, 2)));
  }
}
