package org.milena.standalone.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code milena dead-letters …}. */
@Command(
    name = "dead-letters",
    description =
        "Shows records that a stage could not work on, and sends them on their way again.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  /** Without a subcommand: all of them. */
  @Override
  public void run() {
    list(answer);
  }

  @Command(name = "list", description = "All of them.", mixinStandardHelpOptions = true)
  void list(@Mixin Answer answer) {
    Pages.show(
        answer,
        Api.path("ops", "dead-letters"),
        new TextTable("ID", "STAGE", "AT", "ORIGIN", ">TRIES", ">SIZE", "REPLAYED", "CAUSE"),
        (table, letter) ->
            table.row(
                Words.text(letter, "id"),
                Words.text(letter, "stage"),
                Words.moment(letter, "at"),
                Words.text(letter, "origin"),
                letter.path("tries").asInt(),
                Words.size(letter.path("size").asLong()),
                Words.moment(letter, "replayedAt"),
                Words.text(letter, "cause")),
        "There is no dead letter.");
  }

  @Command(
      name = "replay",
      description = "Sends them on their way again; mend the cause first.",
      mixinStandardHelpOptions = true)
  void replay(
      @Mixin Answer answer, @Parameters(arity = "1..*", paramLabel = "ID") List<String> ids) {
    Api api = answer.api();
    Set<String> refused = new LinkedHashSet<>();
    for (String id : ids) {
      try {
        answer.show(
            api.post(Api.path("ops", "dead-letters", id, "replay")),
            "%s is on its way again.".formatted(id));
      } catch (CliFailure e) {
        refused.add(String.valueOf(e.getMessage())); // the others may go
      }
    }
    if (!refused.isEmpty()) {
      throw new CliFailure(String.join("\n", refused));
    }
  }
}
