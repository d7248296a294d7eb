package org.milena.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.milena.standalone.cli.Finding.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code milena doctor}: exit code 0 when nothing is bad. */
@Command(
    name = "doctor",
    description = "Looks at the machine, the data folder, the server and its memory.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  /** What all processes together may hold at rest. */
  static final long MEMORY_BUDGET = 1_536L * 1_024 * 1_024;

  /** A mail that waits longer than this is worth a look. */
  private static final double LONG_WAIT_SECONDS = 300;

  @Mixin private Answer answer = new Answer();

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>(new MachineChecks(answer.server()).all());
    findings.addAll(server());
    Optional<ProcessHandle> owner = ProcessMemory.owner(answer.server().dataFolder());
    List<ProcessMemory.Usage> usages = owner.map(ProcessMemory::of).orElse(List.of());
    long sum = usages.stream().mapToLong(ProcessMemory.Usage::resident).sum();
    if (!usages.isEmpty()) {
      findings.add(memory(sum));
    }
    answer.show(json(findings, usages, sum), _ -> print(findings, usages, sum));
    return findings.stream().anyMatch(finding -> finding.level() == Level.BAD) ? 1 : 0;
  }

  private List<Finding> server() {
    List<Finding> findings = new ArrayList<>();
    try {
      Api api = answer.api();
      JsonNode health = api.health();
      findings.add(
          StatusCommand.isUp(health)
              ? Finding.ok("server", api.url() + " is up")
              : Finding.bad("server", api.url() + " is " + Words.lower(health, "status")));
      health
          .path("components")
          .properties()
          .forEach(component -> {
            if (!StatusCommand.isUp(component.getValue())) {
              findings.add(
                  Finding.bad(component.getKey(), component.getValue().path("details").toString()));
            }
          });
      api.get(Api.path("ops", "pipeline"))
          .path("stages")
          .forEach(stage -> findings.add(stage(stage)));
    } catch (CliFailure e) {
      findings.add(Finding.bad("server", String.valueOf(e.getMessage())));
    }
    return findings;
  }

  private static Finding stage(JsonNode stage) {
    String place = "stage " + Words.text(stage, "stage");
    long lag = stage.path("lag").asLong();
    double oldest = stage.path("oldestWaitingSeconds").asDouble(0);
    if (lag == 0) {
      return Finding.ok(place, "nothing waits");
    }
    String text = "%d wait, the oldest for %s".formatted(lag, Words.duration(oldest));
    return oldest > LONG_WAIT_SECONDS ? Finding.bad(place, text) : Finding.note(place, text);
  }

  private static Finding memory(long sum) {
    String text =
        "%s of the %s it should need at rest".formatted(Words.size(sum), Words.size(MEMORY_BUDGET));
    return sum <= MEMORY_BUDGET ? Finding.ok("memory", text) : Finding.note("memory", text);
  }

  private void print(List<Finding> findings, List<ProcessMemory.Usage> usages, long sum) {
    int width = findings.stream().mapToInt(f -> f.place().length()).max().orElse(0);
    for (Finding finding : findings) {
      answer
          .out()
          .println(
              "%s  %s%s  %s"
                  .formatted(
                      finding.level().sign(),
                      finding.place(),
                      " ".repeat(width - finding.place().length()),
                      TextTable.clean(finding.text())));
    }
    if (!usages.isEmpty()) {
      answer.out().println();
      TextTable table = new TextTable(">PID", "PROCESS", ">RSS");
      usages.forEach(usage -> table.row(usage.pid(), usage.what(), Words.size(usage.resident())));
      table.row("", "all", Words.size(sum)).print(answer.out(), "");
    }
  }

  private static ObjectNode json(
      List<Finding> findings, List<ProcessMemory.Usage> usages, long sum) {
    ObjectNode all = Api.object();
    ArrayNode checks = all.putArray("checks");
    findings.forEach(finding ->
        checks
            .addObject()
            .put("level", finding.level().name())
            .put("place", finding.place())
            .put("text", finding.text()));
    ArrayNode processes = all.putArray("processes");
    usages.forEach(usage ->
        processes
            .addObject()
            .put("pid", usage.pid())
            .put("what", usage.what())
            .put("residentBytes", usage.resident()));
    return all.put("residentBytes", sum).put("budgetBytes", MEMORY_BUDGET);
  }
}
