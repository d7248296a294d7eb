package org.milena.scanner;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.milena.scanner.scan.EngineState;
import org.milena.testkit.file.TemporaryFolder;

/**
 * A server of the operating system that an engine talks to, in a folder of its own. It is started,
 * frozen, killed, and started again, and leaves nothing behind.
 */
public abstract class PeerProcess implements AutoCloseable {

  /** In the kernel's list of sockets. */
  private static final String ESTABLISHED = "01";

  private final Path folder;
  private final List<String> command;
  private final Duration patience;
  private Process process;

  /**
   * Launches it.
   *
   * @param folder is deleted when it is closed
   * @param patience for its start
   */
  protected PeerProcess(Path folder, Duration patience, String... command) {
    this.folder = folder;
    this.command = List.of(command);
    this.patience = patience;
    this.process = launch();
  }

  /** Whether it answers as it should; asked again and again while it starts. */
  protected abstract EngineState state();

  /** Waits until a server is ready; closes one that does not start. */
  protected static <S extends PeerProcess> S started(S server) {
    boolean ready = false;
    try {
      server.awaitReady();
      ready = true;
    } finally {
      if (!ready) {
        server.close();
      }
    }
    return server;
  }

  /** A new folder with a short path, as unix sockets need it. */
  protected static Path folder(String prefix) {
    try {
      return Files.createTempDirectory(Path.of("/tmp"), prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port of the loopback where nobody listens. */
  protected static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where a program is.
   *
   * @param missing what the test fails with where it is nowhere
   */
  protected static String program(String missing, String... places) {
    return Stream.of(places)
        .filter(place -> Files.isExecutable(Path.of(place)))
        .findFirst()
        .orElseGet(() -> fail(missing));
  }

  private Process launch() {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(output().toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path output() {
    return folder.resolve("out.log");
  }

  final void awaitReady() {
    long start = System.nanoTime();
    while (state() instanceof EngineState.Out(var reason)) {
      if (ended(50) || System.nanoTime() - start > patience.toNanos()) {
        try {
          fail(command + " does not start: " + reason + "\n" + Files.readString(output()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Whether it ends within this time. */
  public boolean ended(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("interrupted", e);
    }
  }

  /** It hangs: connections are taken by the kernel, nobody answers. */
  public void freeze() {
    signal("-STOP");
  }

  public void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .forEach(one -> {
          try {
            int code =
                new ProcessBuilder("kill", signal, Long.toString(one.pid())).start().waitFor();
            if (code != 0) {
              fail("kill " + signal + " ended with " + code);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted", e);
          }
        });
  }

  /** It dies on the spot, with its children. */
  public void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
  }

  /** After {@link #kill}. */
  public void startAgain() {
    process = launch();
    awaitReady();
  }

  /** Deletes files that it left behind when it was killed, and would stumble over. */
  protected void forget(String... files) {
    try {
      for (String file : files) {
        Files.deleteIfExists(folder.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    TemporaryFolder.delete(folder);
  }

  /**
   * Whether a connection to this port holds more octets than so many that were not read, as long as
   * whoever should read them is frozen.
   */
  protected static boolean holdsMoreThan(int octets, int port) {
    String here = ":%04X".formatted(port);
    try (Stream<String> sockets = Files.lines(Path.of("/proc/net/tcp"))) {
      return sockets
          .map(socket -> socket.strip().split("\\s+"))
          .filter(field -> field[1].endsWith(here) && field[3].equals(ESTABLISHED))
          .anyMatch(field -> Long.parseLong(field[4].split(":", 2)[1], 16) > octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
