package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How a JVM of ours is started: as in our images, with a heap of its own. */
final class Jvm {

  /**
   * The command line. {@code MILENA_JAVA_OPTS} comes last, so that it wins; a profiler is named
   * there.
   *
   * @param megabytes of heap at most
   */
  static List<String> command(int megabytes, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Started.java()));
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx" + megabytes + "m", "-XX:-UsePerfData"));
    Arrays.stream(System.getenv().getOrDefault("MILENA_JAVA_OPTS", "").split(" +"))
        .filter(option -> !option.isBlank())
        .forEach(command::add);
    command.addAll(List.of(arguments));
    return command;
  }

  /** The jar that a service is started from. */
  static Path jar(Path home, String module) {
    try (Stream<Path> files = Files.list(home.resolve(module).resolve("target"))) {
      return files
          .filter(file -> file.toString().endsWith("-exec.jar"))
          .findFirst()
          .orElseThrow(() -> new BenchmarkException(module + " is not built"));
    } catch (IOException e) {
      throw new UncheckedIOException(module + " is not built", e);
    }
  }

  private Jvm() {}
}
