package org.milena.archive.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.milena.archive.elasticsearch.Indices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes room for the lives of next month's mails, and removes those whose time is over. */
final class StoryKeeper implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(StoryKeeper.class);

  private final Indices indices;
  private final Duration patience;
  private final InstantSource clock;
  private @Nullable ScheduledExecutorService executor;

  StoryKeeper(Indices indices, Duration patience, InstantSource clock) {
    this.indices = indices;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("archive-stories").factory());
    var unused = started.scheduleWithFixedDelay(this::keep, 1, 24 * 60, TimeUnit.MINUTES);
    executor = started;
  }

  private static YearMonth month(Instant instant) {
    return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
  }

  private void keep() {
    try {
      Instant now = clock.instant();
      indices.prepareTraces(month(now).plusMonths(1));
      indices.removeTracesBefore(month(now.minus(patience)));
    } catch (RuntimeException e) {
      log.warn(
          "the months of stories were not put in order; tomorrow is another day: {}",
          e.getMessage());
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
