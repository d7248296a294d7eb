package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** As many as the server takes at once. */
  private static final int AT_ONCE = 500;

  /** Without a subcommand: all held posts. */
  @Override
  public void run() {
    list(answer, null, "", "", false);
  }

  @Command(
      name = "list",
      description = "Held posts of all lists that you moderate, oldest first.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin Answer answer,
      @Parameters(
              arity = "0..*",
              paramLabel = "LIST",
              description = "Addresses of lists; else all.")
          @Nullable List<String> lists,
      @Option(
              names = "--author",
              defaultValue = "",
              description = "Only with this address as author.")
          String author,
      @Option(
              names = "--text",
              defaultValue = "",
              description = "Only with this in author or subject.")
          String text,
      @Option(
              names = "--decided",
              description = "Those that were decided within a day, which can be undone.")
          boolean decided) {
    Api api = answer.api();
    String filter =
        parameter("author", author)
            + parameter("q", text)
            + parameter("decided", decided ? "true" : "");
    ObjectNode all = Api.object();
    ArrayNode items = all.putArray("items");
    List<String> wanted = lists == null || lists.isEmpty() ? List.of("") : lists;
    for (String list : wanted) {
      String query = parameter("list", list) + filter;
      api.eachItem(
          Api.path("held") + (query.isEmpty() ? "" : "?" + query.substring(1)), items::add);
    }
    all.putNull("next");
    answer.show(
        all,
        _ -> {
          TextTable table =
              new TextTable("ID", "LIST", "HELD", "FROM", "SUBJECT", decided ? "WHAT" : "WHY");
          items.forEach(post ->
              table.row(
                  Words.text(post, "id"),
                  Words.text(post, "list"),
                  Words.moment(post, "heldAt"),
                  Words.text(post, "author"),
                  Words.text(post, "subject"),
                  state(post)));
          table.print(
              answer.out(),
              decided ? "No post was decided within a day." : "No post waits for a moderator.");
        });
  }

  private static String parameter(String name, String value) {
    return value.isEmpty() ? "" : "&" + name + "=" + Api.escape(value);
  }

  /** What became of it, or why it waits, and who looks at it. */
  private static String state(JsonNode post) {
    JsonNode decision = post.path("decision");
    if (decision.isObject()) {
      return "%s by %s"
          .formatted(
              Words.text(decision, "verdict").toLowerCase(Locale.ROOT), Words.text(decision, "by"));
    }
    JsonNode claim = post.path("claim");
    String why = Words.joined(post.path("reasons"), "; ");
    return claim.isObject()
        ? "(claimed by %s until %s) %s"
            .formatted(Words.text(claim, "by"), Words.moment(claim, "until"), why)
        : why;
  }

  @Command(name = "show", description = "One held post.", mixinStandardHelpOptions = true)
  void show(@Mixin Answer answer, @Parameters(paramLabel = "ID", description = IDS) String id) {
    answer.show(answer.api().get(Api.path("held", id)), post -> print(answer.out(), post));
  }

  @Command(name = "accept", description = "Posts them.", mixinStandardHelpOptions = true)
  void accept(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = IDS) List<String> ids) {
    decide(answer, ids, "ACCEPT", "", false);
  }

  @Command(
      name = "trust",
      description = "Posts them, and lets their authors through from now on.",
      mixinStandardHelpOptions = true)
  void trust(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = IDS) List<String> ids,
      @Option(names = "--force", description = "Also authors whose address is only claimed.")
          boolean force) {
    decide(answer, ids, "ACCEPT_AND_TRUST", "", force);
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
    decide(answer, ids, "REJECT", comment, false);
  }

  @Command(name = "discard", description = "Drops them.", mixinStandardHelpOptions = true)
  void discard(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = IDS) List<String> ids) {
    decide(answer, ids, "DISCARD", "", false);
  }

  @Command(
      name = "claim",
      description = "Says for 15 minutes that you look at them.",
      mixinStandardHelpOptions = true)
  void claim(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = IDS) List<String> ids) {
    each(answer, ids, "claim");
  }

  @Command(
      name = "release",
      description = "Says that you do not look at them any more.",
      mixinStandardHelpOptions = true)
  void release(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = IDS) List<String> ids) {
    each(answer, ids, "release");
  }

  @Command(
      name = "undo",
      description = "Lets them wait again that were rejected or discarded within a day.",
      mixinStandardHelpOptions = true)
  void undo(
      @Mixin Answer answer,
      @Parameters(arity = "1..*", paramLabel = "ID", description = IDS) List<String> ids) {
    each(answer, ids, "undo");
  }

  /** One that cannot be done does not stop the others; then the exit code is 1. */
  private static void decide(
      Answer answer, List<String> ids, String decision, String comment, boolean force) {
    Api api = answer.api();
    List<String> failed = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      ObjectNode body = Api.object().put("decision", decision).put("comment", comment);
      body.put("force", force);
      ArrayNode some = body.putArray("ids");
      ids.subList(from, Math.min(ids.size(), from + AT_ONCE)).forEach(some::add);
      JsonNode done = api.post(Api.path("held", "decisions"), body);
      answer.show(
          done,
          _ ->
              done.path("outcomes")
                  .forEach(one -> {
                    if (one.path("done").asBoolean()) {
                      answer.out().println(TextTable.clean(Words.text(one, "text")));
                    }
                  }));
      done.path("outcomes")
          .forEach(one -> {
            if (!one.path("done").asBoolean()) {
              failed.add(Words.text(one, "id") + ": " + Words.text(one, "text"));
            }
          });
    }
    fail(failed);
  }

  private static void each(Answer answer, List<String> ids, String act) {
    Api api = answer.api();
    List<String> failed = new ArrayList<>();
    for (String id : ids) {
      try {
        JsonNode done = api.post(Api.path("held", id, act));
        answer.show(done, TextTable.clean(Words.text(done, "text")));
      } catch (CliFailure e) {
        failed.add(id + ": " + e.getMessage());
      }
    }
    fail(failed);
  }

  private static void fail(List<String> failed) {
    if (!failed.isEmpty()) {
      throw new CliFailure(
          String.join(System.lineSeparator(), failed.stream().map(TextTable::clean).toList()));
    }
  }

  private static void print(PrintWriter out, JsonNode post) {
    Facts facts = new Facts();
    facts
        .add("id", post.path("id"))
        .add("list", post.path("list"))
        .add("mail id", post.path("mailId"))
        .add("from", post.path("author"))
        .add("subject", post.path("subject"))
        .add("size", Words.size(post.path("size").asLong()))
        .add("held", Words.moment(post, "heldAt"))
        .add("why", Words.joined(post.path("reasons"), "; "));
    if (post.path("decision").isObject()) {
      facts.add("decided", state(post));
    }
    if (post.path("claim").isObject()) {
      facts.add("claimed by", post.path("claim").path("by"));
    }
    facts.print(out);
    out.println();
    Words.text(post, "header").lines().map(TextTable::clean).forEach(out::println);
    out.println();
    Words.text(post, "text").lines().map(TextTable::clean).forEach(out::println);
  }
}
