package org.milena.listexpander.app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.milena.common.failure.OutageException;
import org.milena.listexpander.source.SourceFetches;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Has the sources of lists fetched that are due, a few at a time and none twice at once. */
final class SourceClock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceClock.class);
  private static final int AT_ONCE = 4;

  private final SourceFetches fetches;
  private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
  private final Set<SourceFetches.Due> running = ConcurrentHashMap.newKeySet();

  SourceClock(SourceFetches fetches) {
    this.fetches = fetches;
  }

  /** Slow hosts do not let work pile up: what still runs or waits for its turn is passed over. */
  @Scheduled(initialDelay = 10, fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
  void tick() {
    for (SourceFetches.Due one : fetches.due()) {
      if (running.add(one)) {
        workers.execute(() -> refresh(one));
      }
    }
  }

  private void refresh(SourceFetches.Due due) {
    try {
      if (fetches.refresh(due)) {
        log.debug("sent {} what is new in one of its sources", due.list());
      }
    } catch (OutageException e) {
      log.info("Sources are fetched when the broker is back: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.warn("a source of {} is tried again when it is due", due.list(), e);
    } finally {
      running.remove(due);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
