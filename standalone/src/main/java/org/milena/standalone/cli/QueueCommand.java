package org.milena.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code milena queue …}. */
@Command(
    name = "queue",
    description = "Shows mail that could not be delivered yet, and tries it again.",
    mixinStandardHelpOptions = true)
final class QueueCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all that waits. */
  @Override
  public void run() {
    list(answer, "");
  }

  @Command(name = "list", description = "Who waits for what.", mixinStandardHelpOptions = true)
  void list(
      @Mixin Answer answer,
      @Option(names = "--destination", paramLabel = "DOMAIN", defaultValue = "")
          String destination) {
    Pages.show(
        answer,
        Api.path("ops", "queue")
            + (destination.isEmpty() ? "" : "?destination=" + Api.escape(destination)),
        new TextTable("RECIPIENT", "MAIL", ">TRIES", "NEXT TRY", "LAST REPLY"),
        (table, one) ->
            table.row(
                Words.text(one, "recipient"),
                Words.text(one, "mailId"),
                one.path("attempts").asInt(),
                Words.moment(one, "nextTry"),
                Words.text(one, "lastReply")),
        "No mail waits.");
  }

  @Command(
      name = "flush",
      description = "Tries all of it now, or that of one domain.",
      mixinStandardHelpOptions = true)
  void flush(
      @Mixin Answer answer,
      @Parameters(arity = "0..1", paramLabel = "DOMAIN", defaultValue = "") String destination) {
    String path = Api.path("ops", "queue", "flush");
    answer.show(
        answer
            .api()
            .post(destination.isEmpty() ? path : path + "?destination=" + Api.escape(destination)),
        "Mail for %s is tried now.".formatted(destination.isEmpty() ? "everybody" : destination));
  }
}
