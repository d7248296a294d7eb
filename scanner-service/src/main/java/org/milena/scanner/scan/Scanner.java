package org.milena.scanner.scan;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailMeta;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.MailLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a mail to every engine, at the same time, and gathers what they say.
 *
 * <h2>Whose fault is it</h2>
 *
 * Only an engine that is known to be ready gets a mail: at the start, and after it was out, it must
 * pass its probe first. When it then gives no verdict, the mail has a strike, and the engine is
 * probed again. Out: it is silent, and the mail waits. Ready: the mail is tried again. With three
 * strikes, whenever they came, the mail is unscannable: this also ends the loop of a mail that
 * crashes the engine each time. A mail that was there when an engine went out is from then on given
 * to that engine alone, so that no other mail collects strikes beside it.
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
  private final ExecutorService threads;
  private final InstantSource clock;
  private final ScanListener listener;
  private final VerdictCache cache;

  private final Map<Engine, Seen> states = new ConcurrentHashMap<>();
  private final Strikes strikes = new Strikes();
  private final Map<Engine, ReadWriteLock> alone = new ConcurrentHashMap<>();

  /**
   * @param engines in the order of reports; at least one
   * @param threads one for each question that runs
   */
  public Scanner(
      List<Engine> engines, ExecutorService threads, InstantSource clock, ScanListener listener) {
    if (engines.isEmpty()) {
      throw new IllegalArgumentException("a scanner without engines would pass everything");
    }
    this.engines = List.copyOf(engines);
    this.threads = threads;
    this.clock = clock;
    this.listener = listener;
    this.cache = new VerdictCache(clock);
  }

  /**
   * What the engines say of the mail. An engine that is out is silent; what that means is not
   * decided here.
   *
   * @throws OutageException when the scanner is being stopped
   */
  public Reading read(MailMeta meta, RawMessage message) {
    Specimen specimen = Specimen.of(meta, message);
    List<Callable<Word>> questions = new ArrayList<>();
    for (Engine engine : engines) {
      questions.add(MailLog.inThisContext(() -> word(engine, meta.mailId(), specimen)));
    }
    Reading reading = new Reading(answers(questions));
    tellOfDisagreement(reading);
    return reading;
  }

  /** Asks about this mail as if no engine had ever failed on it. */
  public void forget(MailId id) {
    engines.forEach(engine -> strikes.forget(id, engine));
  }

  private List<Word> answers(List<Callable<Word>> questions) {
    try {
      List<Word> words = new ArrayList<>();
      for (Future<Word> answer : threads.invokeAll(questions)) {
        words.add(answer.get());
      }
      return words;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while scanning", e);
    } catch (RejectedExecutionException e) {
      throw new OutageException("the scanner is stopping", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException defect
          ? defect
          : new IllegalStateException("an engine failed", e.getCause());
    }
  }

  private Word word(Engine engine, MailId id, Specimen specimen) {
    Optional<EngineVerdict> known = cache.find(engine, specimen);
    if (known.isPresent()) {
      listener.remembered(engine.name());
      return new Word.Said(engine.name(), engine.role(), engine.version(), known.get());
    }
    try {
      EngineVerdict verdict = ask(engine, id, specimen);
      return new Word.Said(engine.name(), engine.role(), engine.version(), verdict);
    } catch (OutageException e) {
      return new Word.Silent(engine.name(), engine.role(), String.valueOf(e.getMessage()));
    }
  }

  private void tellOfDisagreement(Reading reading) {
    for (Word.Said clean : reading.said()) {
      for (Word.Said infected : reading.said()) {
        if (clean.role() == Engine.Role.ANTIVIRUS
            && infected.role() == Engine.Role.ANTIVIRUS
            && clean.verdict() instanceof EngineVerdict.Clean
            && infected.verdict() instanceof EngineVerdict.Infected) {
          listener.disagreed(clean.engine(), infected.engine());
        }
      }
    }
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

  private EngineVerdict ask(Engine engine, MailId id, Specimen specimen) {
    Optional<EngineVerdict> blamed = strikes.blamed(id, engine);
    if (blamed.isPresent()) {
      return blamed.get();
    }
    EngineVerdict verdict = null;
    while (verdict == null) {
      ReadWriteLock others = alone.computeIfAbsent(engine, _ -> new ReentrantReadWriteLock());
      Lock lock = strikes.tookEngineDown(id, engine) ? others.writeLock() : others.readLock();
      lock.lock();
      try {
        verdict = askOnce(engine, id, specimen);
      } finally {
        lock.unlock();
      }
    }
    return verdict;
  }

  /** Null when it should be tried again. */
  private @Nullable EngineVerdict askOnce(Engine engine, MailId id, Specimen specimen) {
    awaitReady(engine);
    Instant start = clock.instant();
    String version = engine.version();
    try {
      EngineVerdict verdict = engine.scan(specimen);
      listener.scanned(engine.name(), verdict, Duration.between(start, clock.instant()));
      cache.keep(engine, version, specimen, verdict);
      strikes.forget(id, engine);
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
        return strikes.blame(
            id,
            engine,
            new EngineVerdict.Unscannable(
                engine.name() + " failed " + count + " times on it: " + e.getMessage()));
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
    String sentence = "engine " + engine.name() + " is out: " + reason;
    return cause == null ? new OutageException(sentence) : new OutageException(sentence, cause);
  }
}
