package org.milena.standalone.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code milena search …}. */
@Command(
    name = "search",
    description = {
      "Searches the archive: words, \"a phrase\", s:subject f:from b:body d:2024..2025.",
      "The newest match is shown first, or the best one with --sort relevance."
    },
    mixinStandardHelpOptions = true)
final class SearchCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  @Parameters(arity = "1..*", paramLabel = "QUERY")
  private List<String> words = List.of();

  @Option(names = "--list", paramLabel = "LIST", description = "Only in this list's archive.")
  private String list = "";

  @Option(names = "--sort", paramLabel = "HOW", description = "date, oldest or relevance.")
  private String sort = "";

  @Option(names = "--threads", description = "One post of each thread.")
  private boolean threads;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      description = "Matches at once; 20 when absent.")
  private int limit;

  @Option(names = "--after", paramLabel = "CURSOR", description = "Go on where a page ended.")
  private String after = "";

  /**
   * What is asked; empty where it is left open.
   *
   * @param limit 0 where it is left open
   */
  record Asked(String query, String list, String sort, boolean threads, int limit, String after) {
    String path() {
      StringBuilder path = new StringBuilder(Api.path("archive", "search"));
      path.append("?q=").append(Api.escape(query));
      if (!list.isEmpty()) {
        path.append("&list=").append(Api.escape(list));
      }
      if (!sort.isEmpty()) {
        path.append("&sort=").append(Api.escape(sort));
      }
      if (threads) {
        path.append("&threads=true");
      }
      if (limit > 0) {
        path.append("&limit=").append(limit);
      }
      if (!after.isEmpty()) {
        path.append("&after=").append(Api.escape(after));
      }
      return path.toString();
    }
  }

  @Override
  public void run() {
    show(answer, new Asked(String.join(" ", words), list, sort, threads, limit, after));
  }

  /** Asks and prints. */
  static void show(Answer answer, Asked asked) {
    answer.show(answer.api().get(asked.path()), page -> print(answer, page));
  }

  private static void print(Answer answer, JsonNode page) {
    TextTable table = new TextTable("DATE", "LIST", "FROM", "SUBJECT", "PAGE");
    for (JsonNode hit : page.path("items")) {
      JsonNode post = hit.path("post");
      table.row(
          Words.moment(post, "date"),
          Words.text(post, "list"),
          person(post.path("from")),
          Words.text(post, "subject"),
          Words.text(post, "url"));
    }
    table.print(answer.out(), "Nothing was found.");
    String next = Words.text(page, "next");
    if (!next.isEmpty()) {
      answer
          .out()
          .printf(
              "%s%d were found; the next ones: --after %s%n",
              page.path("totalIsExact").asBoolean(true) ? "" : "More than ",
              page.path("total").asLong(),
              next);
    }
  }

  /** The name, or the address of somebody without one. */
  static String person(JsonNode person) {
    String name = Words.text(person, "name");
    return name.isEmpty() ? Words.text(person, "address") : name;
  }
}
