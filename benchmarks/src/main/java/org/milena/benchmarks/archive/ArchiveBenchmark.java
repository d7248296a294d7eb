package org.milena.benchmarks.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.milena.benchmarks.figures.Machine;
import org.milena.benchmarks.figures.Report;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.Heap;
import org.milena.benchmarks.server.StandaloneServer;
import org.milena.benchmarks.server.WorkFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchmarks/archive}: how fast an archive is filled, searched and read. */
@Command(
    name = "benchmarks/archive",
    description = {
      "Starts Milena as ./milena start does, imports real mail into the archive of a list, and"
          + " prints how long that takes, how large the index is, and how long searches and pages"
          + " take over HTTP. Everything runs on 127.0.0.1 in a temporary folder (TMPDIR), which"
          + " takes some four times the mail, and is removed at the end.",
      "MILENA_JAVA_OPTS goes to the JVM that is measured, for instance to profile it."
    },
    mixinStandardHelpOptions = true)
final class ArchiveBenchmark implements Callable<Integer> {
  private static final String LIST = "measured@" + StandaloneServer.DOMAIN;

  @Parameters(
      arity = "1..*",
      paramLabel = "MBOX",
      description =
          "mboxes (mboxrd) and texts of pipermail (.txt), plain or gzip. Where more posts are asked"
              + " for than they have, theirs come again under other Message-IDs.")
  private List<Path> files = List.of();

  @Option(
      names = "--posts",
      split = ",",
      paramLabel = "COUNT",
      defaultValue = "10000",
      description = "At which sizes it is measured: 10000,100000. 10000 when absent.")
  private List<Integer> sizes = new ArrayList<>();

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description =
          "What is searched for, one query a line; words, phrases and beginnings of words of the"
              + " posts when absent.")
  private @Nullable Path queryFile;

  @Option(
      names = "--requests",
      paramLabel = "COUNT",
      defaultValue = "200",
      description = "Queries that are drawn, and pages of each kind; 200 when absent.")
  private int requests;

  @Option(
      names = "--public-inbox",
      description =
          "Also fills an archive of public-inbox, which has to be installed, with the posts of the"
              + " smallest size, and asks both in turn. It takes 80 posts a second.")
  private boolean besidePublicInbox;

  private ArchiveBenchmark() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new ArchiveBenchmark())
            .setExecutionExceptionHandler(ArchiveBenchmark::failed)
            .execute(arguments));
  }

  private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult unused)
      throws Exception {
    if (failure instanceof BenchmarkException) {
      command.getErr().println("benchmarks/archive: " + failure.getMessage());
      return 1;
    }
    throw failure;
  }

  @Override
  public Integer call() throws IOException {
    Path home = Path.of(System.getProperty("milena.home", ".")).toAbsolutePath().normalize();
    Report report = new Report(System.out);
    try (WorkFolder folder = WorkFolder.create();
        StandaloneServer milena = StandaloneServer.startCapturing(home, folder.folder("milena"));
        Heap heap = milena.heap()) {
      report.table(Machine.describe(folder.path()));
      milena.api().createList(LIST, "{}");
      milena.api().importMembers(LIST, "text/plain", List.of(SearchableRun.MEMBER), 1);
      Queries drawn = new Queries();
      Posts posts = new Posts(files);
      FillingRun filling = new FillingRun(milena, posts, folder.path(), LIST, drawn);
      List<String> queries = List.of();
      int smallest = new TreeSet<>(sizes).first();
      for (int size : new TreeSet<>(sizes)) {
        report.heading("%,d posts".formatted(size));
        filling.fill(size, report);
        long full = heap.live();
        if (queries.isEmpty()) {
          queries = queryFile == null ? drawn.draw(requests) : Queries.of(queryFile);
        }
        new ReadingRun(milena.api(), LIST, queries).run(report);
        long read = heap.live();
        new SearchableRun(milena, LIST).run(Math.max(1, requests / 10), report);
        report.table(
            new Table("heap of services and broker in use after a full collection", "")
                .row("when all was imported", Report.megabytes(full))
                .row("when all was read", Report.megabytes(read)));
        filling.size(report);
        if (besidePublicInbox && size == smallest) {
          new BesideRun(milena.api(), LIST, queries)
              .run(posts, size, folder.folder("public-inbox"), report);
        }
      }
      List<String> deadLetters = milena.api().deadLetters();
      if (!deadLetters.isEmpty()) {
        throw new BenchmarkException(
            "the figures mean nothing, there are dead letters: " + deadLetters);
      }
    }
    return 0;
  }
}
