package org.milena.scanner.icap;

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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.scan.EngineState;

/**
 * A real c-icap of the operating system with its service virus_scan, before a real clamd, in a
 * folder of its own. Tests that need it fail where it is not installed.
 */
final class IcapServer implements AutoCloseable {

  private final ClamdServer clamd;
  private final Path folder;
  private final int port;
  private Process process;

  private IcapServer(ClamdServer clamd, Path folder, int port) {
    this.clamd = clamd;
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  /** Starts both and waits until they answer. */
  static IcapServer start() {
    ClamdServer clamd = ClamdServer.start();
    try {
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "icap");
      int port = freePort();
      Path modules = modules();
      ClamdAddress.Unix socket = (ClamdAddress.Unix) clamd.unix();
      Files.writeString(
          folder.resolve("c-icap.conf"),
          """
          PidFile %1$s/pid
          CommandsSocket %1$s/ctl
          Port 127.0.0.1:%2$d
          TmpDir %1$s
          Timeout 60
          KeepAliveTimeout 60
          MaxKeepAliveRequests -1
          InterProcessLockingScheme posix
          StartServers 1
          MaxServers 1
          ThreadsPerChild 16
          ModulesDir %3$s
          ServicesDir %3$s
          TemplateDir /usr/share/c_icap/templates/
          LoadMagicFile /etc/c-icap/c-icap.magic
          ServerLog %1$s/server.log
          AccessLog %1$s/access.log
          Service echo srv_echo.so
          Service antivirus_module virus_scan.so
          ServiceAlias avscan virus_scan?allow204=on&sizelimit=off&mode=simple
          ServiceAlias small virus_scan?allow204=on&sizelimit=on&mode=simple
          ServiceAlias no204 virus_scan?allow204=off&sizelimit=off&mode=simple
          virus_scan.ScanFileTypes TEXT DATA EXECUTABLE ARCHIVE GRAPHICS STREAM DOCUMENT
          virus_scan.SendPercentData 0
          virus_scan.MaxObjectSize 100K
          virus_scan.PassOnError off
          Module common clamd_mod.so
          clamd_mod.ClamdSocket %4$s
          virus_scan.DefaultEngine clamd
          """
              .formatted(folder, port, modules, socket.path()));
      IcapServer server = new IcapServer(clamd, folder, port);
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
    } catch (IOException e) {
      clamd.close();
      throw new UncheckedIOException(e);
    }
  }

  private static Path modules() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(folder -> folder.resolve("c_icap"))
          .filter(folder -> Files.exists(folder.resolve("virus_scan.so")))
          .findFirst()
          .orElseGet(() ->
              fail(
                  "NO C-ICAP: this test scans with the real one. Install it:"
                      + " apt-get install c-icap libc-icap-mod-virus-scan clamav-daemon"));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() {
    try {
      return new ProcessBuilder(
              "/usr/bin/c-icap", "-N", "-f", folder.resolve("c-icap.conf").toString())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("out.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    IcapEngine engine = new IcapEngine("icap", address("avscan"), InstantSource.system());
    long start = System.nanoTime();
    while (!(engine.probe() instanceof EngineState.Ready)) {
      if (ended(50) || System.nanoTime() - start > Duration.ofSeconds(120).toNanos()) {
        try {
          fail("c-icap does not start: " + Files.readString(folder.resolve("out.log")));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    engine.close();
  }

  /** Whether it ends within this time. */
  boolean ended(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("interrupted", e);
    }
  }

  IcapAddress address(String service) {
    return new IcapAddress("127.0.0.1", port, service);
  }

  /** What scans behind it. */
  ClamdServer clamd() {
    return clamd;
  }

  /** It hangs: connections are taken by the kernel, nobody answers. */
  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  /** It dies on the spot, with its children. */
  void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
  }

  /** After {@link #kill}. */
  void startAgain() {
    try {
      Files.deleteIfExists(folder.resolve("ctl"));
      Files.deleteIfExists(folder.resolve("pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = launch();
    awaitReady();
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

  @Override
  public void close() {
    kill();
    clamd.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
