package org.milena.scanner.resilience;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.MailLog;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine behind a circuit breaker, a bulkhead and a time limiter, in this order from outside.
 *
 * <p>The bulkhead stands outside of the time limiter, so that waiting for a place is not held
 * against the mail. What opens the breaker are probes that fail and scans that are slow; a scan
 * that gives no verdict does not count by itself, since it may be the mail's fault. Whoever gets no
 * verdict probes the engine, and that counts.
 *
 * <p>An engine that failed its last probe gets no mail until it passes one: long before the breaker
 * opens, and without a mail that waits for it. Probes go one after the other, and who waits for one
 * that began later shares its answer.
 */
public final class GuardedEngine implements Engine {

  private static final Logger log = LoggerFactory.getLogger(GuardedEngine.class);

  /** Between probes that nobody waits for. */
  private static final Duration PROBE_PAUSE = Duration.ofSeconds(2);

  /**
   * The last probe.
   *
   * @param number counts them
   * @param ended by the breaker's clock
   */
  private record Probed(long number, EngineState state, long ended) {}

  private final Engine engine;
  private final GuardSettings settings;
  private final ExecutorService threads;
  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;
  private final TimeLimiter scanLimiter;
  private final TimeLimiter probeLimiter;
  private final ReentrantLock probing = new ReentrantLock();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicBoolean probedSoon = new AtomicBoolean();
  private volatile Probed probed = new Probed(0, new EngineState.Ready(), 0);

  /**
   * @param instance names breaker and bulkhead in metrics: {@code clamd@tcp:clamav:3310}
   * @param threads one for each scan that runs; an interrupt must end the scan
   */
  public GuardedEngine(
      Engine engine, String instance, GuardSettings settings, ExecutorService threads) {
    this.engine = engine;
    this.settings = settings;
    this.threads = threads;
    this.breaker = CircuitBreaker.of(instance, breakerConfig(settings));
    this.bulkhead =
        Bulkhead.of(
            instance,
            BulkheadConfig.custom()
                .maxConcurrentCalls(settings.concurrent())
                .maxWaitDuration(settings.patience())
                .build());
    this.scanLimiter = TimeLimiter.of(settings.timeLimit());
    this.probeLimiter = TimeLimiter.of(settings.probeLimit());
  }

  private static CircuitBreakerConfig breakerConfig(GuardSettings settings) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(20)
        .minimumNumberOfCalls(10)
        .failureRateThreshold(50)
        .slowCallDurationThreshold(settings.slow())
        .slowCallRateThreshold(80)
        .permittedNumberOfCallsInHalfOpenState(3)
        .waitIntervalFunctionInOpenState(
            IntervalFunction.ofExponentialBackoff(settings.firstOpen(), 2, settings.longestOpen()))
        .automaticTransitionFromOpenToHalfOpenEnabled(true)
        .build();
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String version() {
    return engine.version();
  }

  @Override
  public Role role() {
    return engine.role();
  }

  @Override
  public Optional<Instant> databaseTime() {
    return engine.databaseTime();
  }

  /** For meters. */
  public CircuitBreaker breaker() {
    return breaker;
  }

  /** For meters. */
  public Bulkhead bulkhead() {
    return bulkhead;
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    if (probed.state() instanceof EngineState.Out(var reason)) {
      probeSoon();
      throw new OutageException(reason);
    }
    if (!breaker.tryAcquirePermission()) {
      throw new OutageException(breaker.getName() + " is left alone: " + breaker.getState());
    }
    boolean counted = false;
    try {
      if (!bulkhead.tryAcquirePermission()) {
        throw new OutageException(
            "all %d places at %s were taken for %s"
                .formatted(settings.concurrent(), breaker.getName(), settings.patience()));
      }
      long start = breaker.getCurrentTimestamp();
      EngineVerdict verdict;
      try {
        verdict = limited(scanLimiter, settings.timeLimit(), () -> engine.scan(specimen));
      } catch (OutageException e) {
        if (!Thread.currentThread().isInterrupted()) {
          probeSoon(); // it knows better than its last probe
        }
        throw e;
      } finally {
        bulkhead.onComplete();
      }
      breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
      counted = true;
      return verdict;
    } finally {
      if (!counted) {
        breaker.releasePermission();
      }
    }
  }

  @Override
  public EngineState probe() {
    long before = begun.get();
    try {
      probing.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while waiting for a probe", e);
    }
    try {
      Probed last = probed;
      if (last.number() > before) {
        return last.state();
      }
      long number = begun.incrementAndGet();
      EngineState state = probeUntilSure();
      probed = new Probed(number, state, breaker.getCurrentTimestamp());
      return state;
    } finally {
      probing.unlock();
    }
  }

  /** A breaker that is half open is closed by several probes: mail would be turned away before. */
  private EngineState probeUntilSure() {
    EngineState state = probeOnce();
    while (state instanceof EngineState.Ready
        && breaker.getState() == CircuitBreaker.State.HALF_OPEN
        && breaker.tryAcquirePermission()) {
      state = probePermitted();
    }
    return state;
  }

  private EngineState probeOnce() {
    return breaker.tryAcquirePermission()
        ? probePermitted()
        : new EngineState.Out(breaker.getName() + " is left alone: " + breaker.getState());
  }

  private EngineState probePermitted() {
    long start = breaker.getCurrentTimestamp();
    EngineState state;
    try {
      state = limited(probeLimiter, settings.probeLimit(), engine::probe);
    } catch (NotScannedException e) {
      state = new EngineState.Out(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      breaker.releasePermission();
      throw e;
    }
    long took = breaker.getCurrentTimestamp() - start;
    switch (state) {
      case EngineState.Ready() -> breaker.onSuccess(took, breaker.getTimestampUnit());
      case EngineState.Out(var reason) ->
          breaker.onError(took, breaker.getTimestampUnit(), new NotScannedException(reason));
    }
    return state;
  }

  /** Probes it beside whatever goes on, unless that was done just now. */
  private void probeSoon() {
    Probed last = probed;
    long since = breaker.getCurrentTimestamp() - last.ended();
    boolean justNow = last.number() > 0 && since < breaker.getTimestampUnit().convert(PROBE_PAUSE);
    if (justNow || !probedSoon.compareAndSet(false, true)) {
      return;
    }
    try {
      threads.execute(() -> {
        try {
          EngineState state = probe();
          log.debug("{} is {}", breaker.getName(), state);
        } catch (OutageException e) {
          log.debug("{} was not probed", breaker.getName(), e);
        } finally {
          probedSoon.set(false);
        }
      });
    } catch (RejectedExecutionException e) {
      probedSoon.set(false);
      log.debug("the scanner is stopping", e);
    }
  }

  private <T> T limited(TimeLimiter limiter, Duration limit, Callable<T> work)
      throws NotScannedException {
    Future<T> running;
    try {
      running = threads.submit(MailLog.inThisContext(work));
    } catch (RejectedExecutionException e) {
      throw new OutageException("the scanner is stopping", e);
    }
    try {
      return limiter.executeFutureSupplier(() -> running);
    } catch (TimeoutException e) {
      throw new NotScannedException("no verdict within " + limit, e);
    } catch (NotScannedException | OutageException e) {
      throw e;
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while scanning", e);
    } catch (Exception | StackOverflowError | LinkageError e) {
      // a mail that breaks an engine of this process is a poison mail like others
      throw new NotScannedException(String.valueOf(e), e);
    }
  }
}
