package org.milena.standalone.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.milena.standalone.app.Standalone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code milena start}: runs the server in this process. */
@Command(
    name = "start",
    description = {
      "Runs all services with their Kafka and Elasticsearch on this machine, until stopped.",
      "Says what listens where, then \"ready\". Settings are variables of the environment; see"
          + " docs/operations/standalone.md."
    },
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where everything is kept; else MILENA_DATA, else ./data.")
  private String data = "";

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "Stop when it is ready; on free ports. The launcher does this after a build.")
  private boolean rehearse;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (!data.isBlank()) {
      environment.put("MILENA_DATA", data);
    }
    return rehearse ? Standalone.rehearse(environment) : Standalone.run(environment);
  }
}
