package org.milena.scanner.rspamd;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.scan.EngineState;

/**
 * A real rspamd of the operating system with one worker, the rules that ask nobody, and a real
 * clamd as its antivirus, in a folder of its own. Tests that need it fail where it is not
 * installed.
 */
final class RspamdServer implements AutoCloseable {

  private static final Path RSPAMD = Path.of("/usr/bin/rspamd");

  private final Path folder;
  private final int port;
  private Process process;

  private RspamdServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  /** The limit for a check: long, since the machine of a test may be busy. */
  static final Duration PATIENT = Duration.ofSeconds(60);

  static RspamdServer start(ClamdServer clamd) {
    return start(clamd, PATIENT, true);
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param taskTimeout for one check
   * @param softReject whether it says so when that is over
   */
  static RspamdServer start(ClamdServer clamd, Duration taskTimeout, boolean softReject) {
    try {
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "rspamd");
      int port = freePort();
      ClamdAddress.Unix socket = (ClamdAddress.Unix) clamd.unix();
      // the list of all of them takes seconds to be compiled
      Files.writeString(folder.resolve("tld"), "com\norg\nnet\nexample\ninvalid\n");
      Files.writeString(
          folder.resolve("rspamd.conf"),
          """
          lua = "/usr/share/rspamd/rules/rspamd.lua";
          .include "/etc/rspamd/actions.conf"
          .include "/etc/rspamd/metrics.conf"
          .include "/etc/rspamd/groups.conf"
          .include "/etc/rspamd/composites.conf"
          options {
            pidfile = "%1$s/pid";
            filters = "chartable,regexp";
            cache_file = "%1$s/symbols.cache";
            dynamic_conf = "%1$s/dynamic";
            history_file = "%1$s/history";
            control_socket = "%1$s/control mode=0600";
            hs_cache_dir = "%1$s/";
            stats_file = "%1$s/stats.ucl";
            tempdir = "%1$s";
            url_tld = "%1$s/tld";
            disable_hyperscan = true;
            dns { nameserver = ["127.0.0.1:1"]; timeout = 0.1s; retransmits = 1; sockets = 1; }
            task_timeout = %2$dms;
            soft_reject_on_timeout = %3$s;
            explicit_modules = ["settings"];
          }
          logging { type = "file"; filename = "%1$s/rspamd.log"; level = "info"; }
          worker "normal" {
            bind_socket = "127.0.0.1:%4$d";
            count = 1;
            allow_file_and_shm_inputs = false;
          }
          modules { path = "/usr/share/rspamd/plugins"; }
          mime_types { }
          antivirus {
            clamav {
              type = "clamav";
              symbol = "CLAM_VIRUS";
              servers = "%5$s";
              scan_mime_parts = false;
              timeout = 50s;
            }
          }
          """
              .formatted(folder, taskTimeout.toMillis(), softReject, port, socket.path()));
      RspamdServer server = new RspamdServer(folder, port);
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
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() {
    if (!Files.isExecutable(RSPAMD)) {
      fail("NO RSPAMD: this test asks the real one. Install it: apt-get install rspamd");
    }
    try {
      return new ProcessBuilder(
              RSPAMD.toString(),
              "--no-fork",
              "--insecure", // where the tests run as root, this does, too
              "--config=" + folder.resolve("rspamd.conf"))
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("out.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    try (RspamdEngine engine = new RspamdEngine(address(), "", PATIENT)) {
      long start = System.nanoTime();
      while (!(engine.probe() instanceof EngineState.Ready)) {
        if (ended(50) || System.nanoTime() - start > Duration.ofSeconds(180).toNanos()) {
          fail(
              "rspamd does not start: "
                  + engine.probe()
                  + Files.readString(folder.resolve("out.log")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  RspamdAddress address() {
    return RspamdAddress.of("http://127.0.0.1:" + port);
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
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
