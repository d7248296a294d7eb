package org.milena.benchmarks.site;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.SmtpSource;
import org.milena.benchmarks.server.Started;

/** What all runs share: the project, a folder that is removed at the end, and where they report. */
final class Workbench implements AutoCloseable {
  private static final int FSYNCS = 200;

  private final Path home;
  private final Path folder;
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
    try {
      this.folder = Files.createTempDirectory("milena-benchmark");
      // Elasticsearch and Postfix run as other users
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
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
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Postfix's load tool. */
  SmtpSource source() {
    return new SmtpSource(tool("smtp-source"), folder);
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
    say("\n## " + text + "\n\nLoad average before: " + load() + "\n");
  }

  /** What the figures were measured on. */
  void describeMachine() {
    Sample fsyncs = fsyncs();
    say(
        new Table("machine", "")
            .row("cores", Integer.toString(Runtime.getRuntime().availableProcessors()))
            .row("memory", first("/proc/meminfo").replaceAll("[^0-9]+", "") + " kB")
            .row("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"))
            .row("Java", Runtime.version().toString())
            .row("file system of " + folder.getParent(), fileSystem())
            .row(
                "write and fsync of 10 KB, median (spread)",
                Sample.number(fsyncs.median(), 2) + " ms (" + fsyncs.spread(2) + ")")
            .toString());
  }

  private String fileSystem() {
    try {
      return Files.getFileStore(folder).type();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sample fsyncs() {
    Sample sample = new Sample();
    Path file = folder.resolve("fsync");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i < FSYNCS; i++) {
        long start = System.nanoTime();
        int unused = channel.write(ByteBuffer.allocate(Scale.OCTETS));
        channel.force(true);
        sample.add((System.nanoTime() - start) / 1e6);
      }
      return sample;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double load() {
    return Double.parseDouble(first("/proc/loadavg").split(" ")[0]);
  }

  private static String first(String file) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what still runs and removes the folder; the second time does nothing. */
  @Override
  public synchronized void close() {
    Started.closeAll();
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be removed", e);
    }
  }
}
