package org.milena.archive.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.milena.archive.rebuild.Generations;
import org.milena.archive.rebuild.Rebuild;
import org.milena.common.failure.OutageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gives building anew a thread. It begins by itself when what readers see was made by another
 * version of this program, or for other languages than the settings name.
 */
final class RebuildRunner implements SmartLifecycle, Runnable {
  private static final Logger log = LoggerFactory.getLogger(RebuildRunner.class);
  private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);

  /** What is refused takes a human, who reads of it in the log now and then. */
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

  private final Rebuild rebuild;
  private final Generations generations;
  private final Duration afterRefusal;
  private @Nullable ScheduledExecutorService executor;

  RebuildRunner(Rebuild rebuild, Generations generations) {
    this(rebuild, generations, AFTER_REFUSAL);
  }

  /**
   * @param afterRefusal until the index is looked at again where the search engine refuses that
   */
  RebuildRunner(Rebuild rebuild, Generations generations, Duration afterRefusal) {
    this.rebuild = rebuild;
    this.generations = generations;
    this.afterRefusal = afterRefusal;
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("archive-rebuild").factory());
    executor = started;
    started.execute(() -> lookAtIndex(started));
  }

  private void lookAtIndex(ScheduledExecutorService started) {
    try {
      Optional<String> outdated = generations.outdated();
      if (outdated.isPresent() && rebuild.begin()) {
        log.info("{}: it is built anew", outdated.get());
        carryOn(started);
      }
    } catch (OutageException e) {
      log.info("the index cannot be looked at yet: {}", e.getMessage());
      again(started, AFTER_OUTAGE, () -> lookAtIndex(started));
    } catch (RuntimeException e) {
      log.error(
          "the index cannot be looked at; whether it must be built anew is not known. It is looked"
              + " at again in {} s",
          afterRefusal.toSeconds(),
          e);
      again(started, afterRefusal, () -> lookAtIndex(started));
    }
  }

  private static void again(ScheduledExecutorService started, Duration pause, Runnable task) {
    if (!started.isShutdown()) {
      var unused = started.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Begins; returns at once. Does nothing where it has begun already. */
  @Override
  public synchronized void run() {
    ScheduledExecutorService started = executor;
    if (started != null && rebuild.begin()) {
      started.execute(() -> carryOn(started));
    }
  }

  private void carryOn(ScheduledExecutorService started) {
    try {
      rebuild.run();
    } catch (OutageException e) {
      log.info("building the index anew waits: {}", e.getMessage());
      again(started, AFTER_OUTAGE, () -> carryOn(started));
    }
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService started = executor;
    if (started != null) {
      started.shutdownNow();
      executor = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return executor != null;
  }
}
