package org.milena.benchmarks.site;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.milena.benchmarks.figures.Machine;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.SmtpSource;
import org.milena.benchmarks.server.WorkFolder;

/** What all runs share: the project, a folder that is removed at the end, and where they report. */
final class Workbench implements AutoCloseable {
  private final Path home;
  private final WorkFolder folder = WorkFolder.create();
  private final Scale scale;
  private final Quiet quiet;
  private final PrintStream out;

  /**
   * @param home of the project
   * @param patience how long in all to wait for a machine that is quiet; zero for not at all
   */
  Workbench(Path home, Scale scale, Duration patience, PrintStream out) {
    this.home = home;
    this.scale = scale;
    this.out = out;
    this.quiet = new Quiet(patience, this::say);
  }

  Path home() {
    return home;
  }

  /** Keeps others' work out of the figures. */
  Quiet quiet() {
    return quiet;
  }

  Scale scale() {
    return scale;
  }

  /** A folder of one's own below the temporary one. */
  Path folder(String name) {
    return folder.folder(name);
  }

  /** Postfix's load tool. */
  SmtpSource source() {
    return new SmtpSource(tool("smtp-source"), folder.path());
  }

  /** Where a program of Postfix lies; administrators' folders are not in everybody's path. */
  static String tool(String name) {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new BenchmarkException(name + " was not found: install Postfix"))
        .toString();
  }

  void say(String text) {
    out.println(text);
  }

  /** Begins a part of the report. */
  void heading(String text) {
    quiet.await();
    say("\n## " + text + "\n\nLoad average before: " + Machine.load() + "\n");
  }

  /** What the figures were measured on. */
  void describeMachine() {
    say(Machine.describe(folder.path()).toString());
  }

  /** Ends what still runs and removes the folder. */
  @Override
  public void close() {
    folder.close();
  }
}
