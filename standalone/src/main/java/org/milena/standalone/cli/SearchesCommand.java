package org.milena.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.SearchName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena searches …}. */
@Command(
    name = "searches",
    description = {
      "Searches that you keep under names of your own.",
      "\"Your own\" are those of the account that signs in; nobody else sees them."
    },
    mixinStandardHelpOptions = true)
final class SearchesCommand implements Runnable {
  private static final String NAME = "The search's name; case does not matter.";
  private static final String PATH = Api.path("archive", "searches");

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all of them. */
  @Override
  public void run() {
    list(answer);
  }

  @Command(name = "list", description = "All of them, by name.", mixinStandardHelpOptions = true)
  void list(@Mixin Answer answer) {
    Pages.show(
        answer,
        PATH,
        new TextTable("NAME", "QUERY", "LIST", "ORDER", "THREADS", "PAGE"),
        (table, one) ->
            table.row(
                Words.text(one, "name"),
                Words.text(one, "q"),
                list(one),
                Words.text(one, "sort"),
                one.path("threads").asBoolean() ? "one of each" : "",
                Words.text(one, "url")),
        "You keep no search.");
  }

  private static String list(JsonNode search) {
    return switch (Words.text(search, "place")) {
      case "EVERYWHERE" -> "all";
      case "CLOSED" -> Words.text(search, "listId") + " (closed to you)";
      case "GONE" -> Words.text(search, "listId") + " (gone)";
      default -> Words.text(search, "list");
    };
  }

  @Command(
      name = "keep",
      description = "Keeps a search, in place of the one that has its name.",
      mixinStandardHelpOptions = true)
  void keep(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "QUERY") List<String> words,
      @Option(names = "--list", paramLabel = "LIST", description = "Only in this list's archive.")
          @Nullable String list,
      @Option(
              names = "--sort",
              paramLabel = "HOW",
              description = "relevance, newest or oldest; what is usual when absent.")
          @Nullable String sort,
      @Option(names = "--threads", description = "One post of each thread.") boolean threads) {
    ObjectNode body = Api.object().put("name", name).put("q", String.join(" ", words));
    body.put("list", list).put("sort", sort).put("threads", threads);
    answer.show(answer.api().put(PATH, body), "The search is kept.");
  }

  @Command(
      name = "rename",
      description = "Gives a search another name.",
      mixinStandardHelpOptions = true)
  void rename(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "NAME", description = NAME) String name,
      @Parameters(index = "1", paramLabel = "OTHER", description = "Its new name.") String other) {
    JsonNode search = find(all(answer.api()), name);
    answer.show(
        answer.api().patch(path(search), Api.object().put("name", other)),
        "The search has another name.");
  }

  @Command(name = "remove", description = "Removes searches.", mixinStandardHelpOptions = true)
  void remove(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "NAME", description = NAME) List<String> names) {
    Api api = answer.api();
    List<JsonNode> all = all(api);
    for (JsonNode search : names.stream().map(name -> find(all, name)).distinct().toList()) {
      answer.show(
          api.delete(path(search)),
          "The search %s is removed.".formatted(TextTable.clean(Words.text(search, "name"))));
    }
  }

  @Command(
      name = "run",
      description = "What a search finds now; the same as milena search with what is kept.",
      mixinStandardHelpOptions = true)
  void run(
      @Mixin Answer answer,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(
              names = "--limit",
              paramLabel = "NUMBER",
              description = "Matches at once; 20 when absent.")
          int limit,
      @Option(names = "--after", paramLabel = "CURSOR", description = "Go on where a page ended.")
          @Nullable String after) {
    JsonNode search = find(all(answer.api()), name);
    switch (Words.text(search, "place")) {
      case "CLOSED" -> throw new CliFailure("You may not read the list of this search any more.");
      case "GONE" -> throw new CliFailure("The list of this search is not there any more.");
      default -> {
        SearchCommand.Asked asked =
            new SearchCommand.Asked(
                Words.text(search, "q"),
                Words.text(search, "list"),
                Words.text(search, "sort"),
                search.path("threads").asBoolean(),
                limit,
                after == null ? "" : after);
        SearchCommand.show(answer, asked);
      }
    }
  }

  private static List<JsonNode> all(Api api) {
    List<JsonNode> all = new ArrayList<>();
    api.eachItem(PATH, all::add);
    return all;
  }

  private static JsonNode find(List<JsonNode> all, String name) {
    String wanted = SearchName.of(name).orElse("");
    return all.stream()
        .filter(one -> SearchName.same(Words.text(one, "name"), wanted))
        .findFirst()
        .orElseThrow(
            () -> new CliFailure("You keep no search %s.".formatted(TextTable.clean(name))));
  }

  private static String path(JsonNode search) {
    return Api.path("archive", "searches", Words.text(search, "id"));
  }
}
