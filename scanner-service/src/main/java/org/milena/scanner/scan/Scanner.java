package org.milena.scanner.scan;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.MailMeta;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a mail to every engine and makes one verdict of what they say.
 *
 * <h2>Voting</h2>
 *
 * One positive suffices: infected, before unscannable, before policy; clean only when all say so.
 * An engine that is out makes the mail wait, unless another one already called it infected.
 *
 * <h2>Whose fault is it</h2>
 *
 * Only an engine that is known to be ready gets a mail: at the start, and after it was out, it must
 * pass its probe first. When it then gives no verdict, the mail has a strike, and the engine is
 * probed again. Out: the mail waits. Ready: the mail is tried again. With three strikes, whenever
 * they came, the mail is unscannable: this also ends the loop of a mail that crashes the engine
 * each time. A mail that was there when an engine went out is from then on scanned alone, so that
 * no other mail collects strikes beside it.
 */
public final class Scanner {

  /** Failures of a ready engine after which the mail is to blame. */
  static final int MAX_STRIKES = 3;

  private static final Logger log = LoggerFactory.getLogger(Scanner.class);

  /** How long an engine is taken to be out before somebody who only asks probes it again. */
  private static final Duration OUT_AGE = Duration.ofSeconds(10);

  private record Seen(EngineState state, Instant at) {}

  private static final Seen NEVER = new Seen(new EngineState.Out("not probed yet"), Instant.MIN);

  private final List<Engine> engines;
  private final InstantSource clock;
  private final ScanListener listener;

  private final Map<Engine, Seen> states = new ConcurrentHashMap<>();
  private final Strikes strikes = new Strikes();
  private final ReadWriteLock alone = new ReentrantReadWriteLock();

  /**
   * @param engines asked in this order; at least one
   */
  public Scanner(List<Engine> engines, InstantSource clock, ScanListener listener) {
    if (engines.isEmpty()) {
      throw new IllegalArgumentException("a scanner without engines would pass everything");
    }
    this.engines = List.copyOf(engines);
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Says what the mail is.
   *
   * @throws OutageException when an engine is out; nothing is known of the mail then
   */
  public ScanReport scan(MailMeta meta, RawMessage message) {
    MailId id = meta.mailId();
    Specimen specimen = Specimen.of(meta, message);
    List<EngineReport> reports = new ArrayList<>();
    OutageException outage = null;
    for (Engine engine : engines) {
      try {
        EngineVerdict verdict = ask(engine, id, specimen);
        reports.add(
            new EngineReport(
                engine.name(),
                engine.version(),
                verdict.verdict(),
                verdict.detail(),
                verdict instanceof EngineVerdict.Policy(var objection, _) ? objection : null));
      } catch (OutageException e) {
        outage = outage == null ? e : outage;
      }
    }
    Verdict verdict = combine(reports);
    if (outage != null && verdict != Verdict.INFECTED) {
      throw outage;
    }
    return new ScanReport(
        verdict, reports, AuthenticationReport.NOT_CHECKED, clock.instant(), null, null, null);
  }

  /** The state of each engine as it was last seen; one that is out for long is probed now. */
  public Map<String, EngineState> states() {
    Map<String, EngineState> byName = new LinkedHashMap<>();
    for (Engine engine : engines) {
      Seen last = states.getOrDefault(engine, NEVER);
      boolean old = last.at().isBefore(clock.instant().minus(OUT_AGE));
      byName.put(
          engine.name(),
          last.state() instanceof EngineState.Out && old ? probe(engine) : last.state());
    }
    return Collections.unmodifiableMap(byName);
  }

  private static Verdict combine(List<EngineReport> reports) {
    for (Verdict bad : List.of(Verdict.INFECTED, Verdict.UNSCANNABLE, Verdict.POLICY)) {
      if (reports.stream().anyMatch(report -> report.verdict() == bad)) {
        return bad;
      }
    }
    return Verdict.CLEAN;
  }

  private EngineVerdict ask(Engine engine, MailId id, Specimen specimen) {
    EngineVerdict verdict = null;
    while (verdict == null) {
      Lock lock = strikes.tookEngineDown(id, engine) ? alone.writeLock() : alone.readLock();
      lock.lock();
      try {
        verdict = askOnce(engine, id, specimen);
      } finally {
        lock.unlock();
      }
    }
    strikes.forget(id, engine);
    return verdict;
  }

  /** Null when it should be tried again. */
  private @Nullable EngineVerdict askOnce(Engine engine, MailId id, Specimen specimen) {
    awaitReady(engine);
    Instant start = clock.instant();
    try {
      EngineVerdict verdict = engine.scan(specimen);
      listener.scanned(engine.name(), verdict, Duration.between(start, clock.instant()));
      return verdict;
    } catch (OutageException e) {
      if (!Thread.currentThread().isInterrupted()) {
        note(engine, new EngineState.Out(String.valueOf(e.getMessage())));
      }
      throw e;
    } catch (NotScannedException e) {
      listener.notScanned(engine.name());
      EngineState after = probe(engine);
      int count = strikes.add(id, engine, after instanceof EngineState.Out);
      log.warn(
          "{} gave no verdict on {} ({} octets, strike {} of {}): {}",
          engine.name(),
          id,
          specimen.message().size(),
          count,
          MAX_STRIKES,
          e.getMessage());
      if (count >= MAX_STRIKES) {
        return new EngineVerdict.Unscannable(
            engine.name() + " failed " + count + " times on it: " + e.getMessage());
      }
      return switch (after) {
        case EngineState.Ready() -> null;
        case EngineState.Out(var reason) -> throw outage(engine, reason, e);
      };
    }
  }

  private void awaitReady(Engine engine) {
    if (states.getOrDefault(engine, NEVER).state() instanceof EngineState.Out
        && probe(engine) instanceof EngineState.Out(var reason)) {
      throw outage(engine, reason, null);
    }
  }

  private EngineState probe(Engine engine) {
    EngineState state = engine.probe();
    note(engine, state);
    return state;
  }

  private void note(Engine engine, EngineState now) {
    Seen before = states.put(engine, new Seen(now, clock.instant()));
    boolean wasOut = before != null && before.state() instanceof EngineState.Out;
    switch (now) {
      case EngineState.Ready() -> {
        if (wasOut) {
          log.info("engine {} is back", engine.name());
        }
      }
      case EngineState.Out(var reason) -> {
        if (!wasOut) {
          log.warn("engine {} is out, mail waits: {}", engine.name(), reason);
        }
      }
    }
  }

  private static OutageException outage(Engine engine, String reason, @Nullable Throwable cause) {
    String sentence = "antivirus engine " + engine.name() + " is out: " + reason;
    return cause == null ? new OutageException(sentence) : new OutageException(sentence, cause);
  }
}
