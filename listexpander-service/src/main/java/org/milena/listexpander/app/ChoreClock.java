package org.milena.listexpander.app;

import java.util.concurrent.TimeUnit;
import org.milena.common.failure.OutageException;
import org.milena.listexpander.chore.Chores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Has the lists reminded of what is due, from the start of the service on. */
final class ChoreClock {
  private static final Logger log = LoggerFactory.getLogger(ChoreClock.class);

  private final Chores chores;

  ChoreClock(Chores chores) {
    this.chores = chores;
  }

  @Scheduled(initialDelay = 5, fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
  void tick() {
    try {
      int reminded = chores.remind();
      if (reminded > 0) {
        log.debug("reminded {} lists of what is due", reminded);
      }
    } catch (OutageException e) {
      log.info("Lists are reminded of what is due when the broker is back: {}", e.getMessage());
    }
  }
}
