package org.milena.benchmarks.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.milena.benchmarks.figures.Report;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.MilenaApi;
import tools.jackson.databind.JsonNode;

/** Searches and pages, one after the other over HTTP, as anybody who reads asks for them. */
final class ReadingRun {
  private static final int WARM_UP = 20;

  /** Rounds of the same searches before they are counted again: the server has served a while. */
  private static final int ROUNDS = 5;

  private final MilenaApi api;
  private final String list;
  private final List<String> queries;
  private final Table table =
      new Table("asked for", "requests", "50 %, ms", "95 %, ms", "99 %, ms", "worst, ms");

  ReadingRun(MilenaApi api, String list, List<String> queries) {
    this.api = api;
    this.list = list;
    this.queries = queries;
  }

  void run(Report report) {
    List<String> searches = new ArrayList<>();
    List<String> pages = new ArrayList<>();
    for (String query : queries) {
      String asked = "search?q=" + URLEncoder.encode(query, UTF_8) + "&list=" + list;
      searches.add("/api/v1/archive/" + asked);
      pages.add("/archive/" + asked);
    }
    // what is found is what people open next
    Set<String> posts = new LinkedHashSet<>();
    for (String search : searches) {
      for (JsonNode item : api.read(search + "&limit=3").path("items")) {
        posts.add(item.path("post").path("url").asString(""));
      }
    }
    List<String> found = posts.stream().limit(queries.size()).toList();
    if (found.isEmpty()) {
      throw new BenchmarkException("none of these queries finds anything: " + queries);
    }
    row("a search, its page", pages);
    row("a search, as JSON", searches);
    row("the page of a thread", found.stream().map(post -> api.address(post + "thread/")).toList());
    row("the page of a post", found);
    row("the page of the list", Collections.nCopies(queries.size(), "/archive/" + list + "/"));
    row("the page of a month", months());
    for (int round = 0; round < ROUNDS; round++) {
      pages.forEach(api::pageMillis);
    }
    row("a search, its page, " + ROUNDS + " rounds later", pages);
    report.table(table);
  }

  private List<String> months() {
    List<String> months = new ArrayList<>();
    for (JsonNode month : api.read("/api/v1/archive/" + list + "/months")) {
      months.add("/archive/" + list + "/" + month.path("month").asString("") + "/");
    }
    return months;
  }

  /** The first round warms up what all requests of a kind share. */
  private void row(String name, List<String> paths) {
    for (String path : paths.subList(0, Math.min(WARM_UP, paths.size()))) {
      double unused = api.pageMillis(path);
    }
    Sample millis = new Sample();
    paths.forEach(path -> millis.add(api.pageMillis(path)));
    table.row(
        name,
        Report.count(millis.size()),
        Sample.number(millis.median(), 1),
        Sample.number(millis.percentile(95), 1),
        Sample.number(millis.percentile(99), 1),
        Sample.number(millis.percentile(100), 1));
  }
}
