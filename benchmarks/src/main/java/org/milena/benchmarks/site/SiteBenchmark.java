package org.milena.benchmarks.site;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.ClamdDaemon;
import org.milena.benchmarks.server.PostfixServer;
import org.milena.benchmarks.server.SmtpSink;
import org.milena.benchmarks.server.StandaloneServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchmarks/site}: measures the whole system beside Postfix. */
@Command(
    name = "benchmarks/site",
    description = {
      "Measures the whole system on this machine beside Postfix, and prints figures and their"
          + " ratios. Everything runs on 127.0.0.1 in a temporary folder (TMPDIR) and is removed at"
          + " the end. Needs Linux, root and an installed Postfix, whose own instance is not"
          + " touched.",
      "MILENA_JAVA_OPTS goes to the JVMs that are measured, for instance to profile them."
    },
    mixinStandardHelpOptions = true)
final class SiteBenchmark implements Callable<Integer> {

  private enum What {
    ACCEPT,
    WHOLE,
    FANOUT,
    SEARCH,
    SCAN
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "WHAT",
      description =
          "accept: the SMTP edge alone. whole: accepting while all stages work. fanout: one post to"
              + " 1,000 and 10,000 members. search: from 250 to found. scan: scans of one clamd,"
              + " and from 250 to verdict (needs clamd). All of it when absent.")
  private List<What> what = List.of();

  @Option(names = "--quick", description = "Little of everything, to see that it runs.")
  private boolean quick;

  @Option(
      names = "--when-quiet",
      paramLabel = "MINUTES",
      defaultValue = "0",
      description = {
        "Wait so long in all for others to leave the machine alone, and repeat rounds that they",
        "disturbed."
      })
  private int minutes;

  private SiteBenchmark() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new SiteBenchmark())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(SiteBenchmark::failed)
            .execute(arguments));
  }

  private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult unused)
      throws Exception {
    if (failure instanceof BenchmarkException) {
      command.getErr().println("benchmarks/site: " + failure.getMessage());
      return 1;
    }
    throw failure;
  }

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty("milena.home", ".")).toAbsolutePath().normalize();
    Scale scale = quick ? Scale.quick() : Scale.full();
    Set<What> wanted = new LinkedHashSet<>(what.isEmpty() ? Arrays.asList(What.values()) : what);
    try (Workbench bench = new Workbench(home, scale, Duration.ofMinutes(minutes), System.out)) {
      bench.describeMachine();
      if (wanted.remove(What.ACCEPT)) {
        new AcceptRun(bench).run();
      }
      if (wanted.remove(What.SCAN)) {
        scan(bench);
      }
      if (!wanted.isEmpty()) {
        standalone(bench, wanted);
      }
    }
    return 0;
  }

  private static void scan(Workbench bench) {
    try (ClamdDaemon clamd = ClamdDaemon.start(Workbench.tool("clamd"), bench.folder("clamd"))) {
      ScanRun run = new ScanRun(bench, clamd);
      run.rates();
      try (SmtpSink sink = SmtpSink.start(Workbench.tool("smtp-sink"), bench.folder("scan-sink"));
          StandaloneServer milena =
              StandaloneServer.start(
                  bench.home(), bench.folder("scan-milena"), sink.port(), clamd)) {
        run.ages(milena);
      }
    }
  }

  private static void standalone(Workbench bench, Set<What> wanted) {
    try (SmtpSink sink = SmtpSink.start(Workbench.tool("smtp-sink"), bench.folder("sink"));
        PostfixServer postfix = PostfixServer.start(bench.folder("postfix"), sink.port());
        StandaloneServer milena =
            StandaloneServer.start(bench.home(), bench.folder("milena"), sink.port())) {
      if (wanted.contains(What.FANOUT)) {
        new FanOutRun(bench, milena, sink, postfix).run();
      }
      if (wanted.contains(What.SEARCH)) {
        new SearchRun(bench, milena).run();
      }
      if (wanted.contains(What.WHOLE)) {
        new WholeRun(bench, milena, sink, postfix).run();
      }
      List<String> deadLetters = milena.api().deadLetters();
      if (!deadLetters.isEmpty()) {
        throw new BenchmarkException(
            "the figures mean nothing, there are dead letters: " + deadLetters);
      }
    }
  }
}
