package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ArchiveId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena archive …}. */
@Command(
    name = "archive",
    description = "Takes posts out of the archive, and builds its index anew.",
    mixinStandardHelpOptions = true)
final class ArchiveCommand {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String REMOVALS = "removals";
  private static final String REBUILD = Api.path("ops", "archive", "rebuild");

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
    ids.forEach(ArchiveCommand::requireId);
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
      name = "redact",
      description = {
        "Takes passages or attachments out of a post that stays.",
        "A passage goes wherever it stands: in text, quotes, HTML and header."
      },
      mixinStandardHelpOptions = true)
  void redact(
      @Mixin Answer answer,
      @Parameters(index = "0", paramLabel = "LIST") String list,
      @Parameters(index = "1", paramLabel = "ID", description = "The post's id.") String id,
      @Option(
              names = "--reason",
              required = true,
              description = "One sentence for whoever reads the post.")
          String reason,
      @Option(
              names = "--passages",
              paramLabel = "FILE",
              description = {
                "Passages, one on each line; - for standard input.",
                "A command line can be seen by others, so they do not stand there."
              })
          @Nullable String passages,
      @Option(
              names = "--attachment",
              paramLabel = "PART",
              description =
                  "Number of an attachment, as in its address; several times for several.")
          @Nullable List<String> attachments) {
    requireId(id);
    ObjectNode body = Api.object().put("reason", reason);
    if (passages != null) {
      TextInput.read(passages)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(body.putArray("passages")::add);
    }
    if (attachments != null) {
      attachments.forEach(body.putArray("attachments")::add);
    }
    JsonNode done = answer.api().post(Api.path("archive", list, "messages", id, "redaction"), body);
    answer.show(done, Words.text(done, "text"));
  }

  /** One id in 64 begins as an option does; what is no id is one that is written wrong. */
  private static void requireId(String id) {
    if (id.startsWith("-") && !ArchiveId.isOne(id)) {
      throw new CliFailure("There is no option %s here, and it is no id of a post.".formatted(id));
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
        new TextTable("ID", "WRITTEN", "REMOVED", "WHAT", "BY", "REASON"),
        (table, one) ->
            table.row(
                Words.text(one, "id"),
                Words.moment(one, "date"),
                Words.moment(one, "at"),
                one.path("redacted").asString("all of it"),
                Words.text(one, "by"),
                Words.text(one, "reason")),
        "Nothing was taken out.");
  }

  @Command(
      name = "rebuild",
      description = {
        "Builds the index anew from the log, while everybody reads on in the old one.",
        "It needs the room of a second index."
      },
      mixinStandardHelpOptions = true)
  int rebuild(
      @Mixin Answer answer,
      @Option(names = "--no-wait", description = "Only begins it.") boolean noWait) {
    JsonNode state = answer.api().post(REBUILD, Api.object());
    Progress progress = Progress.on(answer);
    while (!noWait && isRunning(state)) {
      progress.at(state.path("done").asLong(), state.path("of").asLong());
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new CliFailure("Interrupted; the server goes on.");
      }
      state = answer.api().get(REBUILD);
    }
    progress.done();
    JsonNode last = state;
    answer.show(last, _ -> print(answer.out(), last));
    return state.path("phase").asString().equals("FAILED") ? 1 : 0;
  }

  private static boolean isRunning(JsonNode state) {
    String phase = state.path("phase").asString();
    return phase.equals("FILLING") || phase.equals("SHOWN");
  }

  private static void print(PrintWriter out, JsonNode state) {
    if (isRunning(state)) {
      out.println("The index is being built anew.");
      return;
    }
    String problem = state.path("problem").asString("");
    if (!problem.isEmpty()) {
      out.println(TextTable.clean(problem));
      return;
    }
    JsonNode before = state.path("before");
    JsonNode after = state.path("after");
    out.printf(
        "The index was built anew: %,d posts, %s.%n",
        after.path("posts").asLong(),
        before.equals(after)
            ? "the same as before"
            : "and not the same as before (%,d)".formatted(before.path("posts").asLong()));
    if (state.path("skipped").asLong() > 0) {
      out.printf(
          "%,d records could not be read; see milena dead-letters.%n",
          state.path("skipped").asLong());
    }
  }

  @Command(
      name = "digest",
      description = "What the index holds, as one number; all of it is read.",
      mixinStandardHelpOptions = true)
  void digest(@Mixin Answer answer) {
    JsonNode digest = answer.api().get(Api.path("ops", "archive", "digest"));
    answer.show(
        digest,
        "%,d posts, SHA-256 %s"
            .formatted(digest.path("posts").asLong(), Words.text(digest, "sha256")));
  }
}
