package org.milena.scanner.clamav;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.SampleMail;

/**
 * A real clamd of the operating system, with a database of one signature, in a folder of its own.
 * Tests that need it fail where clamd is not installed.
 */
public final class ClamdServer implements AutoCloseable {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/clamd"), Path.of("/usr/bin/clamd"), Path.of("/usr/local/sbin/clamd"));

  private final Path folder;
  private final int port;
  private Process process;

  private ClamdServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  /** Starts one and waits until it answers. */
  public static ClamdServer start() {
    return start("64M");
  }

  /** Likewise, taking streams up to this size. */
  public static ClamdServer start(String streamMaxLength) {
    ClamdServer server = launch(SampleMail.EICAR, "StreamMaxLength " + streamMaxLength);
    server.awaitState(EngineState.Ready.class);
    return server;
  }

  /**
   * Starts one that finds no test virus, and waits until it answers.
   *
   * @param line of its configuration that keeps it from finding it; without one it has no signature
   */
  public static ClamdServer blind(String line) {
    ClamdServer server = launch(line.isEmpty() ? "something else" : SampleMail.EICAR, line);
    server.awaitState(EngineState.Out.class);
    return server;
  }

  private static ClamdServer launch(String signature, String line) {
    try {
      // a unix socket has a short path
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "clamd");
      int port = freePort();
      Path database = Files.createDirectory(folder.resolve("db"));
      Files.writeString(
          database.resolve("milena.ndb"),
          "Milena.Eicar:0:*:" + HexFormat.of().formatHex(SampleMail.bytes(signature)) + "\n");
      Files.writeString(
          folder.resolve("clamd.conf"),
          """
          DatabaseDirectory %s/db
          LocalSocket %s/clamd.sock
          TCPSocket %d
          TCPAddr 127.0.0.1
          Foreground yes
          LogFile %s/clamd.log
          AlertExceedsMax yes
          AlertEncrypted yes
          MaxScanTime 30000
          %s
          """
              .formatted(folder, folder, port, folder, line));
      return new ClamdServer(folder, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() {
    Path clamd =
        PLACES.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseGet(() ->
                fail(
                    "NO CLAMD: this test scans with the real one. Install it:"
                        + " apt-get install clamav-daemon"));
    try {
      return new ProcessBuilder(clamd.toString(), "--config-file=" + folder.resolve("clamd.conf"))
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("out.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody listens yet is out, too: then it is asked by PING whether it is there. */
  private void awaitState(Class<? extends EngineState> wanted) {
    ClamdEngine engine = new ClamdEngine(unix(), InstantSource.system());
    long start = System.nanoTime();
    while (!answers() || !wanted.isInstance(engine.probe())) {
      try {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)
            || System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
          fail("clamd does not start: " + Files.readString(folder.resolve("out.log")));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail("interrupted", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private boolean answers() {
    try (var connection = ClamdConnection.open(tcp(), Duration.ofSeconds(5))) {
      return connection.ask("PING").equals("PONG");
    } catch (IOException e) {
      return false; // not yet
    }
  }

  public ClamdAddress tcp() {
    return new ClamdAddress.Tcp("127.0.0.1", port);
  }

  public ClamdAddress unix() {
    return new ClamdAddress.Unix(folder.resolve("clamd.sock"));
  }

  /** It hangs: connections are taken by the kernel, nobody answers. */
  public void freeze() {
    signal("-STOP");
  }

  public void thaw() {
    signal("-CONT");
  }

  /** It dies on the spot. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** After {@link #kill}. */
  public void startAgain() {
    process = launch();
    awaitState(EngineState.Ready.class);
  }

  private void signal(String signal) {
    try {
      int code = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        fail("kill " + signal + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("interrupted", e);
    }
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
