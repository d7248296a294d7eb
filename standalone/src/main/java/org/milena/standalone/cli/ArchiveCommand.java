package org.milena.standalone.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena archive …}. */
@Command(
    name = "archive",
    description = "Takes posts out of the archive of a list, and tells what was taken.",
    mixinStandardHelpOptions = true)
final class ArchiveCommand {
  private static final String REMOVALS = "removals";

  @Command(
      name = "remove",
      description = {
        "Takes posts out of the archive for good, their octets too.",
        "Copies that were sent stay with whoever got them."
      },
      mixinStandardHelpOptions = true)
  void remove(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST") String list,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "ID",
              description = "The post's id: the last part of its address.")
          List<String> ids,
      @Option(
              names = "--reason",
              required = true,
              description = "One sentence for whoever follows a link to it.")
          String reason,
      @Option(names = "--thread", description = "Each post's whole thread.") boolean thread) {
    String path = Api.path("archive", list, REMOVALS);
    List<JsonNode> done = new ArrayList<>();
    if (thread) {
      Set<String> threads = new LinkedHashSet<>();
      for (String id : ids) { // two posts of one thread remove it once
        JsonNode post = answer.api().get(Api.path("archive", list, "messages", id));
        threads.add(post.path("post").path("thread").asString());
      }
      for (String id : threads) {
        done.add(answer.api().post(path, Api.object().put("thread", id).put("reason", reason)));
      }
    } else {
      ObjectNode body = Api.object().put("reason", reason);
      ids.forEach(body.putArray("posts")::add);
      done.add(answer.api().post(path, body));
    }
    for (JsonNode one : done) {
      answer.show(one, Words.text(one, "text"));
    }
  }

  @Command(
      name = "removed",
      description = "What was taken out, by whom and why.",
      mixinStandardHelpOptions = true)
  void removed(@Mixin Answer answer, @Parameters(paramLabel = "LIST") String list) {
    Pages.show(
        answer,
        Api.path("archive", list, REMOVALS),
        new TextTable("ID", "WRITTEN", "REMOVED", "BY", "REASON"),
        (table, one) ->
            table.row(
                Words.text(one, "id"),
                Words.moment(one, "date"),
                Words.moment(one, "at"),
                Words.text(one, "by"),
                Words.text(one, "reason")),
        "Nothing was taken out.");
  }
}
