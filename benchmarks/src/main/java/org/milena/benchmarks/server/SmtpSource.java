package org.milena.benchmarks.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Postfix's load tool, {@code smtp-source}: it ends well only when every message got its 250. */
public final class SmtpSource {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final String program;
  private final Path log;

  /**
   * @param folder for its complaints
   */
  public SmtpSource(String program, Path folder) {
    this.program = program;
    this.log = folder.resolve("smtp-source.log");
  }

  /**
   * What is sent.
   *
   * @param sessions at the same time
   * @param octets of a message's body
   * @param kept whether a connection is used again for the next message
   */
  public record Load(
      int port, int sessions, int octets, int messages, boolean kept, String from, String to) {}

  /**
   * What it took.
   *
   * @param seconds on the clock
   * @param cpuSeconds of the load tool itself
   */
  public record Sent(double seconds, double cpuSeconds) {}

  /**
   * Sends all of it.
   *
   * @throws BenchmarkException when one message was refused
   */
  public Sent send(Load load) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of("-s", Integer.toString(load.sessions())));
    command.addAll(List.of("-l", Integer.toString(load.octets())));
    command.addAll(List.of("-m", Integer.toString(load.messages())));
    command.addAll(List.of("-M", "load.localhost", "-f", load.from(), "-t", load.to()));
    if (load.kept()) {
      command.add("-d");
    }
    command.add("127.0.0.1:" + load.port());
    double cpuBefore = Cpu.ofEndedChildren();
    long start = System.nanoTime();
    try (Started tool = Started.start("smtp-source", command, Map.of(), log, false)) {
      Integer exit = tool.awaitEnd(LIMIT);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (exit == null || exit != 0) {
        throw new BenchmarkException(
            (exit == null ? "smtp-source was not through after " + LIMIT : "smtp-source gave up")
                + ": "
                + String.join(" ", command)
                + "\n"
                + tool.tail());
      }
      return new Sent(seconds, Cpu.ofEndedChildren() - cpuBefore);
    }
  }
}
