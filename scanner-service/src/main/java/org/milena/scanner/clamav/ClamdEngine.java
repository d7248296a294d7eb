package org.milena.scanner.clamav;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One clamd. Every scan is a connection of its own, as clamd gives each one a thread anyway. */
public final class ClamdEngine implements Engine {

  /** Longer than clamd's {@code MaxScanTime} should be (30 s). */
  public static final Duration SCAN_LIMIT = Duration.ofSeconds(35);

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
  private static final Duration VERSION_AGE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(ClamdEngine.class);

  private static final RawMessage CLEAN_MAIL =
      RawMessage.wrap(
          "Subject: probe\r\n\r\nnothing in here\r\n".getBytes(StandardCharsets.US_ASCII));

  private record Version(String text, Instant asked) {}

  private final ClamdAddress address;
  private final Duration scanLimit;
  private final InstantSource clock;
  private volatile Version version = new Version("", Instant.MIN);

  /** The clamd at this address. */
  public ClamdEngine(ClamdAddress address, InstantSource clock) {
    this(address, SCAN_LIMIT, clock);
  }

  ClamdEngine(ClamdAddress address, Duration scanLimit, InstantSource clock) {
    this.address = address;
    this.scanLimit = scanLimit;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "clamd";
  }

  @Override
  public String version() {
    return version.text();
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    String reply;
    try (var connection = ClamdConnection.open(address, scanLimit)) {
      reply = connection.instream(specimen.message());
    } catch (IOException e) {
      throw new NotScannedException(address.text() + ": " + e.getMessage(), e);
    }
    EngineVerdict verdict = ClamdReply.read(reply);
    Version known = version;
    if (known.asked().plus(VERSION_AGE).isBefore(clock.instant())) {
      askVersion();
    }
    return verdict;
  }

  @Override
  public EngineState probe() {
    try (var ping = ClamdConnection.open(address, PROBE_LIMIT);
        var mail = ClamdConnection.open(address, PROBE_LIMIT)) {
      String pong = ping.ask("PING");
      if (!pong.equals("PONG")) {
        return out("PING was answered \"" + pong + '"');
      }
      return switch (ClamdReply.read(mail.instream(CLEAN_MAIL))) {
        case EngineVerdict.Clean() -> {
          askVersion();
          yield new EngineState.Ready();
        }
        case EngineVerdict bad -> out("it calls a clean mail " + bad);
      };
    } catch (IOException | NotScannedException e) {
      return out(String.valueOf(e.getMessage()));
    }
  }

  private EngineState out(String reason) {
    return new EngineState.Out(address.text() + ": " + reason);
  }

  /** Best effort: the command can be switched off in clamd. */
  private void askVersion() {
    String text;
    try (var connection = ClamdConnection.open(address, PROBE_LIMIT)) {
      text = connection.ask("VERSION");
    } catch (IOException e) {
      log.debug("{} did not say its version", address.text(), e);
      text = "";
    }
    version = new Version(text.startsWith("ClamAV") ? text : version.text(), clock.instant());
  }
}
