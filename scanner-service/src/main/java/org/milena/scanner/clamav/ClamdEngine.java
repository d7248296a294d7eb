package org.milena.scanner.clamav;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.milena.common.failure.FailPoint;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One clamd. Every scan is a connection of its own, as clamd gives each one a thread anyway.
 *
 * <p>No verdict is taken from a clamd that has not shown that it finds the test virus: at its
 * start, after a connection failed (another one may answer the next), and when its database
 * changed. The version is asked before a scan when it is older than a minute, so that a verdict is
 * never older than the version it stands under.
 */
public final class ClamdEngine implements Engine {

  /** Longer than clamd's {@code MaxScanTime} should be (30 s). */
  public static final Duration SCAN_LIMIT = Duration.ofSeconds(35);

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
  private static final Duration VERSION_AGE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(ClamdEngine.class);

  private record Known(ClamdVersion version, Instant asked) {}

  private final ClamdAddress address;
  private final Duration scanLimit;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Known known = new Known(ClamdVersion.UNKNOWN, Instant.MIN);
  private volatile boolean proven;

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
  public Role role() {
    return Role.ANTIVIRUS;
  }

  @Override
  public String version() {
    askVersionWhenOld();
    return known.version().text();
  }

  @Override
  public Optional<Instant> databaseTime() {
    return known.version().databaseTime();
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    askVersionWhenOld();
    if (!proven && prove() instanceof EngineState.Out(var reason)) {
      throw new OutageException(reason); // it was not asked about this mail
    }
    try (var connection = connect()) {
      return ClamdReply.read(
          connection.instream(specimen.message(), () -> FailPoint.hit("scanner.S2")));
    } catch (IOException e) {
      proven = false;
      throw new NotScannedException(address.text() + ": " + e.getMessage(), e);
    }
  }

  /** Where nobody answers, nobody was asked: that is not the mail's fault. */
  private ClamdConnection connect() {
    try {
      return ClamdConnection.open(address, scanLimit);
    } catch (IOException e) {
      proven = false;
      throw new OutageException(address.text() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public EngineState probe() {
    EngineState state = probeNow();
    if (state instanceof EngineState.Out) {
      proven = false;
    }
    return state;
  }

  private EngineState probeNow() {
    try {
      String pong = ask("PING");
      if (!pong.equals("PONG")) {
        return out("PING was answered \"" + pong + '"');
      }
      EngineVerdict verdict = ask(ProbeMail.CLEAN);
      if (!(verdict instanceof EngineVerdict.Clean)) {
        return out("it calls a clean mail " + verdict);
      }
    } catch (IOException | NotScannedException e) {
      return out(String.valueOf(e.getMessage()));
    }
    askVersion();
    return proven ? new EngineState.Ready() : prove();
  }

  private EngineState prove() {
    EngineVerdict verdict;
    try {
      verdict = ask(ProbeMail.TEST_VIRUS);
    } catch (IOException | NotScannedException e) {
      return out(String.valueOf(e.getMessage()));
    }
    if (!(verdict instanceof EngineVerdict.Infected)) {
      return out("it does not find the test virus, but calls it " + verdict);
    }
    proven = true;
    return new EngineState.Ready();
  }

  private EngineVerdict ask(RawMessage probe) throws IOException, NotScannedException {
    try (var connection = ClamdConnection.open(address, PROBE_LIMIT)) {
      return ClamdReply.read(connection.instream(probe, () -> {}));
    }
  }

  private String ask(String command) throws IOException {
    try (var connection = ClamdConnection.open(address, PROBE_LIMIT)) {
      return connection.ask(command);
    }
  }

  private EngineState out(String reason) {
    return new EngineState.Out(address.text() + ": " + reason);
  }

  /** One asks for all; the others go on with what is known. */
  private void askVersionWhenOld() {
    if (isVersionOld() && asking.tryLock()) {
      try {
        if (isVersionOld()) {
          askVersion();
        }
      } finally {
        asking.unlock();
      }
    }
  }

  private boolean isVersionOld() {
    return !known.asked().plus(VERSION_AGE).isAfter(clock.instant());
  }

  /** Best effort: the command can be switched off in clamd. */
  private void askVersion() {
    ClamdVersion before = known.version();
    ClamdVersion now = ClamdVersion.UNKNOWN;
    try {
      now = ClamdVersion.read(ask("VERSION"));
    } catch (IOException e) {
      log.debug("{} did not say its version", address.text(), e);
    }
    if (now.equals(ClamdVersion.UNKNOWN)) {
      now = before;
    } else if (!now.equals(before)) {
      proven = false;
      log.info("{} is {}", address.text(), now.text());
    }
    known = new Known(now, clock.instant());
  }
}
