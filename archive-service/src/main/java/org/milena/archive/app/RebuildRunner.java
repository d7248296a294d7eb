package org.milena.archive.app;

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
  private static final long AGAIN_SECONDS = 5;

  private final Rebuild rebuild;
  private final Generations generations;
  private @Nullable ScheduledExecutorService executor;

  RebuildRunner(Rebuild rebuild, Generations generations) {
    this.rebuild = rebuild;
    this.generations = generations;
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
      var unused = started.schedule(() -> lookAtIndex(started), AGAIN_SECONDS, TimeUnit.SECONDS);
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
      if (!started.isShutdown()) {
        var unused = started.schedule(() -> carryOn(started), AGAIN_SECONDS, TimeUnit.SECONDS);
      }
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
