package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena held …}. */
@Command(
    name = "held",
    description = "Shows posts that wait for a moderator, and decides about them.",
    mixinStandardHelpOptions = true)
final class HeldCommand implements Runnable {

  private static final String IDS = "As \"held list\" shows it.";

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all held posts. */
  @Override
  public void run() {
    list(answer, null);
  }

  @Command(name = "list", description = "Held posts.", mixinStandardHelpOptions = true)
  void list(
      @Mixin Answer answer,
      @Parameters(
              arity = "0..*",
              paramLabel = "LIST",
              description = "Addresses of lists; else all.")
          @Nullable List<String> lists) {
    Api api = answer.api();
    List<String> wanted = lists == null || lists.isEmpty() ? allLists(api) : lists;
    ObjectNode all = Api.object();
    ArrayNode items = all.putArray("items");
    wanted.forEach(list -> api.eachItem(Api.path("lists", list, "held"), items::add));
    all.putNull("next");
    answer.show(
        all,
        _ -> {
          TextTable table = new TextTable("ID", "LIST", "HELD", "FROM", "SUBJECT", "WHY");
          items.forEach(post ->
              table.row(
                  Words.text(post, "id"),
                  Words.text(post, "list"),
                  Words.moment(post, "heldAt"),
                  Words.text(post, "author"),
                  Words.text(post, "subject"),
                  Words.joined(post.path("reasons"), "; ")));
          table.print(answer.out(), "No post waits for a moderator.");
        });
  }

  @Command(name = "show", description = "One held post.", mixinStandardHelpOptions = true)
  void show(@Mixin Answer answer, @Parameters(paramLabel = "ID", description = IDS) String id) {
    answer.show(answer.api().get(Api.path("held", id)), post -> print(answer.out(), post));
  }

  @Command(name = "accept", description = "Posts them.", mixinStandardHelpOptions = true)
  void accept(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = IDS) List<String> ids) {
    decide(answer, ids, "accept", "");
  }

  @Command(
      name = "reject",
      description = "Gives them back to their authors.",
      mixinStandardHelpOptions = true)
  void reject(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = IDS) List<String> ids,
      @Option(names = "--comment", defaultValue = "", description = "Told to the author.")
          String comment) {
    decide(answer, ids, "reject", comment);
  }

  @Command(name = "discard", description = "Drops them.", mixinStandardHelpOptions = true)
  void discard(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = IDS) List<String> ids) {
    decide(answer, ids, "discard", "");
  }

  private static void decide(Answer answer, List<String> ids, String decision, String comment) {
    Api api = answer.api();
    for (String id : ids) {
      JsonNode done =
          api.post(Api.path("held", id, decision), Api.object().put("comment", comment));
      answer.show(done, TextTable.clean(Words.text(done, "text")));
    }
  }

  private static List<String> allLists(Api api) {
    List<String> lists = new ArrayList<>();
    api.eachItem(Api.path("lists"), list -> lists.add(Words.text(list, "address")));
    return lists;
  }

  private static void print(PrintWriter out, JsonNode post) {
    new Facts()
        .add("id", post.path("id"))
        .add("list", post.path("list"))
        .add("mail id", post.path("mailId"))
        .add("from", post.path("author"))
        .add("subject", post.path("subject"))
        .add("size", Words.size(post.path("size").asLong()))
        .add("held", Words.moment(post, "heldAt"))
        .add("why", Words.joined(post.path("reasons"), "; "))
        .print(out);
    out.println();
    Words.text(post, "header").lines().map(TextTable::clean).forEach(out::println);
    out.println();
    Words.text(post, "text").lines().map(TextTable::clean).forEach(out::println);
  }
}
