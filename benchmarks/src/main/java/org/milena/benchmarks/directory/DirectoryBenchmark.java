package org.milena.benchmarks.directory;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.milena.benchmarks.figures.Machine;
import org.milena.benchmarks.figures.Report;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.Broker;
import org.milena.benchmarks.server.ExpanderServer;
import org.milena.benchmarks.server.WorkFolder;
import org.milena.common.kafka.KafkaAccess;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/directory}: how a directory of a million memberships does. */
@Command(
    name = "benchmarks/directory",
    description = {
      "Fills a directory with 1,000,000 memberships of 1,000 lists, one of which has 100,000"
          + " members, and prints how long a start, an import, a post to all and the pages of the"
          + " API take. Everything runs on 127.0.0.1 in a temporary folder (TMPDIR), which takes"
          + " some 500 MB, and is removed at the end.",
      "MILENA_JAVA_OPTS goes to the JVMs that are measured, for instance to profile them."
    },
    mixinStandardHelpOptions = true)
final class DirectoryBenchmark implements Callable<Integer> {
  private static final int BROKER_MEGABYTES = 512;
  private static final int EXPANSION_MEGABYTES = 256;
  private static final int PAGES_MEGABYTES = 1_024;

  @Option(names = "--quick", description = "Little of everything, to see that it runs.")
  private boolean quick;

  private DirectoryBenchmark() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new DirectoryBenchmark())
            .setExecutionExceptionHandler(DirectoryBenchmark::failed)
            .execute(arguments));
  }

  private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult unused)
      throws Exception {
    if (failure instanceof BenchmarkException) {
      command.getErr().println("benchmarks/directory: " + failure.getMessage());
      return 1;
    }
    throw failure;
  }

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty("milena.home", ".")).toAbsolutePath().normalize();
    Size size = quick ? Size.quick() : Size.full();
    Population population = new Population(size);
    Report report = new Report(System.out);
    try (WorkFolder folder = WorkFolder.create();
        Broker broker = Broker.start(folder.folder("broker"), BROKER_MEGABYTES)) {
      Path service = folder.folder("listexpander");
      report.table(Machine.describe(folder.path()));
      try (KafkaAccess kafka = ReplayRun.access(broker, "benchmark")) {
        try (ExpanderServer expander =
            ExpanderServer.start(home, service, broker, EXPANSION_MEGABYTES)) {
          new ExpansionRun(size, population, kafka, expander, report).run(EXPANSION_MEGABYTES);
        }
        seed(new Seed(kafka, population), size, report);
      }
      new ReplayRun(size, population, broker, report).run();
      try (ExpanderServer expander = ExpanderServer.start(home, service, broker, PAGES_MEGABYTES)) {
        new PagesRun(size, population, expander, report).run(PAGES_MEGABYTES);
      }
    }
    return 0;
  }

  private static void seed(Seed seed, Size size, Report report) {
    long began = System.nanoTime();
    seed.lists(size.lists());
    seed.holds(size.held(), size.lists());
    report
        .out()
        .println(
            "(writing the other rows took "
                + Sample.number((System.nanoTime() - began) / 1e9, 1)
                + " s)");
  }
}
