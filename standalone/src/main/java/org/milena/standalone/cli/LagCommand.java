package org.milena.standalone.cli;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code milena lag}. */
@Command(
    name = "lag",
    description = "How many mails wait before each stage, and for how long.",
    mixinStandardHelpOptions = true)
final class LagCommand implements Runnable {

  @Mixin private Answer answer = new Answer();

  @Override
  public void run() {
    answer.show(answer.api().get(Api.path("ops", "pipeline")), this::print);
  }

  private void print(JsonNode pipeline) {
    table(pipeline).print(answer.out(), "The server names no stage.");
  }

  static TextTable table(JsonNode pipeline) {
    TextTable table = new TextTable("STAGE", "READS", ">WAITING", ">OLDEST", ">A SECOND");
    pipeline
        .path("stages")
        .forEach(stage -> {
          JsonNode oldest = stage.path("oldestWaitingSeconds");
          table.row(
              Words.text(stage, "stage"),
              Words.text(stage, "topic"),
              stage.path("lag").asLong(),
              oldest.isNumber() ? Words.duration(oldest.asDouble()) : "-",
              String.format(Locale.ROOT, "%.1f", stage.path("ratePerSecond").asDouble()));
        });
    return table;
  }
}
