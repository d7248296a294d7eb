package org.milena.standalone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena status}: exit code 0 when all is well. */
@Command(
    name = "status",
    description = "Whether the server is well, and what waits. Exit code 1 when it is not.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Mixin private Answer answer = new Answer();

  @Override
  public Integer call() {
    Api api = answer.api();
    ObjectNode all = Api.object();
    all.set("health", api.health());
    all.set("pipeline", api.get(Api.path("ops", "pipeline")));
    answer.show(all, this::print);
    return isUp(all.path("health")) ? 0 : 1;
  }

  static boolean isUp(JsonNode health) {
    return Words.text(health, "status").equals("UP");
  }

  private void print(JsonNode all) {
    JsonNode health = all.path("health");
    answer.out().println(answer.api().url() + " is " + Words.lower(health, "status") + ".");
    Facts facts = new Facts();
    health.path("components").properties().forEach(e -> facts.add(e.getKey(), line(e.getValue())));
    facts.print(answer.out());
    answer.out().println();
    LagCommand.table(all.path("pipeline")).print(answer.out(), "The server names no stage.");
  }

  private static String line(JsonNode component) {
    JsonNode details = component.path("details");
    return Words.lower(component, "status")
        + (isUp(component) || details.isEmpty() ? "" : "  " + details);
  }
}
