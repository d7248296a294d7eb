package org.milena.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A Java program that is started, killed, and started again. Its output goes to a file. */
public final class JavaProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final @Nullable URI health;
  private @Nullable Process process;

  /**
   * @param arguments what follows {@code java}
   * @param environment added to ours
   * @param log where output is appended
   * @param health answers 200 when it is ready; null when nothing answers
   */
  public JavaProcess(
      String name,
      List<String> arguments,
      Map<String, String> environment,
      Path log,
      @Nullable URI health) {
    this(name, log, environment, health, withJava(arguments));
  }

  private JavaProcess(
      String name,
      Path log,
      Map<String, String> environment,
      @Nullable URI health,
      List<String> command) {
    this.name = name;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
    this.health = health;
  }

  /** One that a script becomes: the script ends by {@code exec java}. */
  public static JavaProcess ofScript(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path log,
      @Nullable URI health) {
    return new JavaProcess(name, log, environment, health, command);
  }

  private static List<String> withJava(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return command;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Starts it; returns at once. */
  public JavaProcess start() {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      Process started = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      process = started;
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started", e);
    }
  }

  /**
   * Waits until its health answers.
   *
   * @throws AssertionError when it ends or does not answer in time; holds the end of its output
   */
  public JavaProcess awaitReady(Duration atMost) {
    URI uri = health;
    if (uri == null) {
      return this;
    }
    long deadline = System.nanoTime() + atMost.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() - deadline < 0) {
        if (!isAlive()) {
          throw new AssertionError(name + " ended while it started:\n" + tail());
        }
        if (answers(client, uri)) {
          return this;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    throw new AssertionError(name + " is not ready after " + atMost + ":\n" + tail());
  }

  private static boolean answers(HttpClient client, URI uri) {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // not yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Whether it runs. */
  public boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Its process id. */
  public long pid() {
    return running().pid();
  }

  /** {@code kill -9}, and waits until it is gone. */
  public void kill() {
    Process running = running();
    running.destroyForcibly();
    awaitEnd(running);
  }

  /** SIGTERM, and waits; the exit code. */
  public int stop() {
    Process running = running();
    running.destroy();
    awaitEnd(running);
    return running.exitValue();
  }

  private Process running() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return running;
  }

  private void awaitEnd(Process running) {
    try {
      if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
        throw new AssertionError(name + " did not end within " + STOP_LIMIT + ":\n" + tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The last lines of its output. */
  public String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return "(no output: " + e + ")";
    }
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null && running.isAlive()) {
      running.destroy();
      try {
        if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          running.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        running.destroyForcibly();
      }
    }
  }
}
