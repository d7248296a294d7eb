package org.milena.scanner.icap;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.milena.scanner.PeerProcess;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.scan.EngineState;

/**
 * A real c-icap of the operating system with its service virus_scan, before a real clamd, in a
 * folder of its own. Tests that need it fail where it is not installed.
 */
public final class IcapServer extends PeerProcess {

  private static final String MISSING =
      "NO C-ICAP: this test scans with the real one. Install it:"
          + " apt-get install c-icap libc-icap-mod-virus-scan clamav-daemon";

  private final ClamdServer clamd;
  private final int port;

  private IcapServer(String program, Path folder, int port, ClamdServer clamd) {
    super(
        folder,
        Duration.ofSeconds(120),
        program,
        "-N",
        "-f",
        folder.resolve("c-icap.conf").toString());
    this.port = port;
    this.clamd = clamd;
  }

  /** Starts both and waits until they answer. */
  public static IcapServer start() {
    String program = program(MISSING, "/usr/bin/c-icap");
    Path modules = modules();
    ClamdServer clamd = ClamdServer.start();
    int port = freePort();
    IcapServer server;
    try {
      Path folder = configured(port, modules, ((ClamdAddress.Unix) clamd.unix()).path());
      server = new IcapServer(program, folder, port, clamd);
    } catch (UncheckedIOException e) {
      clamd.close();
      throw e;
    }
    return started(server);
  }

  private static Path configured(int port, Path modules, Path socket) {
    Path folder = folder("icap");
    try {
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
              .formatted(folder, port, modules, socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static Path modules() {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(folder -> folder.resolve("c_icap"))
          .filter(folder -> Files.exists(folder.resolve("virus_scan.so")))
          .findFirst()
          .orElseGet(() -> fail(MISSING));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected EngineState state() {
    try (var engine = new IcapEngine("icap", address("avscan"), InstantSource.system())) {
      return engine.probe();
    }
  }

  public IcapAddress address(String service) {
    return new IcapAddress("127.0.0.1", port, service);
  }

  /**
   * Whether it was sent something while it is frozen. Of a mail that is the head of the request and
   * a preview; the rest comes when it asks for it.
   */
  boolean hasRequestBefore() {
    return holdsMoreThan(0, port);
  }

  /** What scans behind it. */
  ClamdServer clamd() {
    return clamd;
  }

  @Override
  public void startAgain() {
    forget("ctl", "pid");
    super.startAgain();
  }

  @Override
  public void close() {
    super.close();
    clamd.close();
  }
}
