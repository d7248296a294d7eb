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
import org.milena.archive.retention.Expiry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes the indices before anybody needs them, those of next month too, and removes lives of mails
 * and posts whose time is over. At the start, and once an hour: at the start this instance may not
 * know yet which lists there are.
 */
final class ArchiveKeeper implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ArchiveKeeper.class);

  /** Whoever still writes into an index whose place another one took is done by then. */
  private static final Duration UNSEEN = Duration.ofDays(1);

  private final Indices indices;
  private final Expiry expiry;
  private final Duration patience;
  private final InstantSource clock;
  private @Nullable ScheduledExecutorService executor;

  ArchiveKeeper(Indices indices, Expiry expiry, Duration patience, InstantSource clock) {
    this.indices = indices;
    this.expiry = expiry;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("archive-keeper").factory());
    var unused = started.scheduleWithFixedDelay(this::keep, 0, 60, TimeUnit.MINUTES);
    executor = started;
  }

  private static YearMonth month(Instant instant) {
    return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
  }

  private void keep() {
    try {
      Instant now = clock.instant();
      indices.prepare(month(now));
      indices.stories().removeBefore(month(now.minus(patience)));
      indices.removeUnseen(now.minus(UNSEEN));
      expiry.run();
    } catch (RuntimeException e) {
      log.warn(
          "the archive was not put in order, which is tried again in an hour: {}", e.getMessage());
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
