package org.milena.standalone.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena threads …}. */
@Command(
    name = "threads",
    description = "Closes threads of a list, and opens them again.",
    mixinStandardHelpOptions = true)
final class ThreadsCommand {

  @Command(name = "list", description = "The closed ones.", mixinStandardHelpOptions = true)
  void list(@Mixin Answer answer, @Parameters(paramLabel = "LIST") String list) {
    Pages.show(
        answer,
        Api.path("lists", list, "closed-threads"),
        new TextTable("MESSAGE-ID", "SUBJECT", "ACTION", "BY", "UNTIL"),
        (table, one) ->
            table.row(
                Words.text(one, "messageId"),
                Words.text(one, "subject"),
                Words.text(one, "action"),
                Words.text(one, "by"),
                Words.moment(one, "until")),
        "No thread is closed.");
  }

  @Command(
      name = "close",
      description = "Posts that still come to a thread are held, or rejected.",
      mixinStandardHelpOptions = true)
  void close(
      @Mixin Answer answer,
      @Parameters(paramLabel = "LIST") String list,
      @Parameters(
              paramLabel = "MESSAGE-ID",
              description = "Of the post that the thread began with.")
          String messageId,
      @Option(
              names = "--subject",
              description = "Its subject, so that answers without references are known as well.")
          @Nullable String subject,
      @Option(names = "--reject", description = "Reject, instead of holding.") boolean reject,
      @Option(names = "--days", description = "Open it again after so many days.")
          @Nullable Integer days) {
    ObjectNode body =
        Api.object().put("messageId", messageId).put("action", reject ? "REJECT" : "HOLD");
    if (subject != null) {
      body.put("subject", subject);
    }
    if (days != null) {
      body.put("days", days);
    }
    say(answer, answer.api().post(Api.path("lists", list, "closed-threads"), body));
  }

  @Command(
      name = "open",
      description = "The thread takes posts again.",
      mixinStandardHelpOptions = true)
  void open(
      @Mixin Answer answer,
      @Parameters(paramLabel = "LIST") String list,
      @Parameters(paramLabel = "MESSAGE-ID") String messageId) {
    String path = Api.path("lists", list, "closed-threads");
    say(answer, answer.api().delete(path + "?messageId=" + Api.escape(messageId)));
  }

  private static void say(Answer answer, JsonNode done) {
    answer.show(done, Words.text(done, "text"));
  }
}
