package org.milena.benchmarks.directory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.milena.benchmarks.figures.Report;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.ExpanderServer;
import org.milena.benchmarks.server.MilenaApi;

/** Pages of members and of held posts over HTTP, one request after the other. */
final class PagesRun {
  private static final int MOST = 1_000;
  private static final int USUAL = 100;
  private static final int WARM_UP = 100;

  private final Size size;
  private final Population population;
  private final ExpanderServer expander;
  private final Report report;

  PagesRun(Size size, Population population, ExpanderServer expander, Report report) {
    this.size = size;
    this.population = population;
    this.expander = expander;
    this.report = report;
  }

  void run(int megabytes) {
    report.heading("The list expander with all of it, heap of %d MB".formatted(megabytes));
    report.table(
        new Table("", "")
            .row("from the start of its JVM to ready, s", Sample.number(expander.startSeconds(), 1))
            .row("heap in use after a full collection", Report.megabytes(expander.heap().live())));
    members();
    held();
  }

  private void members() {
    report.heading("Pages of members");
    MilenaApi api = expander.api();
    MilenaApi reader = api.as("reader", population.person(0).toString());
    String large = members(Population.LARGE);
    Pages pages = new Pages("/api/v1/lists/" + Population.EMPTY + "/members");
    pages.warmUp(api, large);
    pages.row("of an empty list", api, "");
    List<String> keys = population.keys();
    for (int limit : new int[] {USUAL, MOST}) {
      String limited = large + "?limit=" + limit;
      String name = "%s of %s, ".formatted(Report.count(limit), Report.count(size.large()));
      pages.row(name + "the first", api, limited);
      pages.row(name + "one in the middle", api, limited + after(keys.get(keys.size() / 2)));
      pages.row(name + "the last", api, limited + after(keys.get(keys.size() - limit - 1)));
    }
    String middle = "?limit=" + USUAL + after(keys.get(keys.size() / 2));
    String name = "100 of %s, one in the middle, as a member sees them";
    pages.row(name.formatted(Report.count(size.large())), reader, large + middle);
    name = "the first of %s who are all concealed, as a member sees it";
    pages.row(
        name.formatted(Report.count(size.large())), reader, members(Population.CONCEALED) + "?");
    pages.row("100 of an ordinary list", api, members(Population.ORDINARY) + "?limit=100");
    report.table(pages.table);
  }

  private void held() {
    MilenaApi api = expander.api();
    report.heading("Pages of held posts");
    Pages pages = new Pages("/api/v1/lists/" + Population.EMPTY + "/held");
    pages.warmUp(api, "/api/v1/held");
    pages.row("of an empty list", api, "");
    for (int limit : new int[] {USUAL, MOST}) {
      String limited = "/api/v1/held?limit=" + limit;
      List<String> cursors = cursors(api, limited);
      String name = "%s of all lists, ".formatted(Report.count(limit));
      pages.row(name + "the first", api, limited);
      pages.row(name + "one in the middle", api, limited + after(cursors.get(cursors.size() / 2)));
      pages.row(name + "the last", api, limited + after(cursors.getLast()));
    }
    pages.row(
        "of one list", api, "/api/v1/lists/" + Population.list(Population.ORDINARY) + "/held");
    pages.row("of one author", api, "/api/v1/held?author=" + population.person(7));
    pages.row("with a word that all have", api, "/api/v1/held?q=measured");
    pages.row("with a word that none has", api, "/api/v1/held?q=nothing");
    report.table(pages.table);
  }

  private static String members(int list) {
    return "/api/v1/lists/" + Population.list(list) + "/members";
  }

  private static List<String> cursors(MilenaApi api, String path) {
    List<String> cursors = new ArrayList<>();
    MilenaApi.Page page = api.page(path);
    while (page.next().isPresent()) {
      cursors.add(page.next().get());
      page = api.page(path + after(page.next().get()));
    }
    if (cursors.isEmpty()) {
      throw new BenchmarkException(path + " has one page");
    }
    return cursors;
  }

  private static String after(String key) {
    return "&after=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
  }

  /** Rows; the first is the measure. */
  private final class Pages {
    private final Table table =
        new Table("page", "items", "median, ms", "ratio", "95 %, ms", "worst, ms");
    private final String measure;
    private double measured;

    Pages(String measure) {
      this.measure = measure;
    }

    void warmUp(MilenaApi api, String path) {
      for (int i = 0; i < WARM_UP; i++) {
        MilenaApi.Page unused = api.page(path);
      }
    }

    void row(String name, MilenaApi api, String path) {
      String asked = path.isEmpty() ? measure : path;
      Sample millis = new Sample();
      int items = 0;
      warmUp(api, asked);
      for (int i = 0; i < size.requests(); i++) {
        MilenaApi.Page page = api.page(asked);
        items = page.items();
        millis.add(page.millis());
      }
      measured = path.isEmpty() ? millis.median() : measured;
      table.row(
          name,
          Report.count(items),
          Sample.number(millis.median(), 1),
          Sample.number(millis.median() / measured, 1),
          Sample.number(millis.percentile(95), 1),
          Sample.number(millis.percentile(100), 1));
    }
  }
}
