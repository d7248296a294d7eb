package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program that we started. Closing it ends it and what it started, by process id. */
public final class Started implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final int TAIL = 30;

  /** What was started and not closed: an interrupted benchmark must not leave servers behind. */
  private static final Set<Started> RUNNING = ConcurrentHashMap.newKeySet();

  private final String name;
  private final Process process;
  private final Path log;

  private Started(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program.
   *
   * @param environment added to ours, from which every setting of Milena but the JVM's is taken
   *     away
   * @param log where its output goes
   * @param piped whether standard output comes to us instead
   */
  static Started start(
      String name, List<String> command, Map<String, String> environment, Path log, boolean piped) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (!piped) {
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("MILENA_") && !key.equals("MILENA_JAVA_HOME"));
    builder.environment().putAll(environment);
    try {
      Started started = new Started(name, builder.start(), log);
      RUNNING.add(started);
      return started;
    } catch (IOException e) {
      throw new BenchmarkException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** A JVM like ours. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A port of the loopback address that nobody has now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** Seconds of processor time, with its children. */
  double cpuSeconds() {
    return Cpu.ofTree(process.toHandle());
  }

  /** Waits until something listens. */
  void awaitPort(int port, Duration atMost) {
    await(
        "port " + port,
        atMost,
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
          } catch (IOException _) {
            return false; // not yet
          }
        });
  }

  /** Waits as long as it lives. */
  void await(String what, Duration atMost, java.util.function.BooleanSupplier condition) {
    try {
      Waiting.until(
          what + " of " + name,
          atMost,
          () -> {
            if (!process.isAlive()) {
              throw new BenchmarkException(name + " ended with " + process.exitValue());
            }
            return condition.getAsBoolean();
          });
    } catch (BenchmarkException e) {
      throw new BenchmarkException(e.getMessage() + ". It said:\n" + tail(), e);
    }
  }

  /** Waits for its end; the exit code, or null when it did not come in time. */
  @Nullable Integer awaitEnd(Duration atMost) {
    try {
      return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted while " + name + " ran", e);
    }
  }

  String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "(nothing can be read: " + e + ")";
    }
  }

  /** Ends whatever still runs. */
  public static void closeAll() {
    RUNNING.forEach(Started::close);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(this);
  }
}
