package org.milena.scanner.clamav;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import org.milena.scanner.PeerProcess;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.SampleMail;

/**
 * A real clamd of the operating system, with a database of one signature, in a folder of its own.
 * Tests that need it fail where clamd is not installed.
 */
public final class ClamdServer extends PeerProcess {

  private static final String MISSING =
      "NO CLAMD: this test scans with the real one. Install it: apt-get install clamav-daemon";

  private final ClamdAddress unix;
  private final ClamdAddress tcp;
  private final Class<? extends EngineState> wanted;

  private ClamdServer(String program, Path folder, int port, Class<? extends EngineState> wanted) {
    super(folder, Duration.ofSeconds(30), program, "--config-file=" + folder.resolve("clamd.conf"));
    this.unix = new ClamdAddress.Unix(folder.resolve("clamd.sock"));
    this.tcp = new ClamdAddress.Tcp("127.0.0.1", port);
    this.wanted = wanted;
  }

  /** Starts one and waits until it answers. */
  public static ClamdServer start() {
    return start("64M");
  }

  /** Likewise, taking streams up to this size. */
  public static ClamdServer start(String streamMaxLength) {
    return launch(SampleMail.EICAR, "StreamMaxLength " + streamMaxLength, EngineState.Ready.class);
  }

  /**
   * Starts one that finds no test virus, and waits until it answers.
   *
   * @param line of its configuration that keeps it from finding it; without one it has no signature
   */
  public static ClamdServer blind(String line) {
    String signature = line.isEmpty() ? "something else" : SampleMail.EICAR;
    return launch(signature, line, EngineState.Out.class);
  }

  private static ClamdServer launch(
      String signature, String line, Class<? extends EngineState> wanted) {
    String program = program(MISSING, "/usr/sbin/clamd", "/usr/bin/clamd", "/usr/local/sbin/clamd");
    Path folder = folder("clamd");
    int port = freePort();
    try {
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return started(new ClamdServer(program, folder, port, wanted));
  }

  /** Nobody listens yet is out, too: so it is asked by PING first whether it is there. */
  @Override
  protected EngineState state() {
    if (!answers()) {
      return new EngineState.Out("no answer to PING");
    }
    EngineState state = new ClamdEngine(unix, InstantSource.system()).probe();
    return wanted.isInstance(state)
        ? new EngineState.Ready()
        : new EngineState.Out("it is " + state);
  }

  private boolean answers() {
    try (var connection = ClamdConnection.open(tcp, Duration.ofSeconds(5))) {
      return connection.ask("PING").equals("PONG");
    } catch (IOException e) {
      return false; // not yet
    }
  }

  public ClamdAddress tcp() {
    return tcp;
  }

  public ClamdAddress unix() {
    return unix;
  }
}
