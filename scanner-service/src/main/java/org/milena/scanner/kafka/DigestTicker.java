package org.milena.scanner.kafka;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.milena.common.failure.OutageException;
import org.milena.scanner.quarantine.DigestTick;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has the clock looked at again and again, on a thread of its own. */
public final class DigestTicker implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(DigestTicker.class);

  private final DigestTick tick;
  private final Duration pause;
  private ScheduledExecutorService thread = stoppedThread();
  private volatile boolean running;

  /**
   * @param pause between two looks
   */
  public DigestTicker(DigestTick tick, Duration pause) {
    this.tick = tick;
    this.pause = pause;
  }

  private static ScheduledExecutorService stoppedThread() {
    ScheduledExecutorService none = newThread();
    none.shutdown();
    return none;
  }

  private static ScheduledExecutorService newThread() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("quarantine-digest").daemon().factory());
  }

  @Override
  public void start() {
    thread = newThread();
    running = true;
    var unused =
        thread.scheduleWithFixedDelay(
            this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      var unused = tick.look();
    } catch (OutageException e) {
      log.warn("the end of a period waits to be written: {}", e.getMessage());
    } catch (RuntimeException e) {
      // a thread of a scheduler ends with the first exception it lets pass
      log.error("looking for the end of a period failed", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    thread.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the follower of the quarantine. */
  @Override
  public int getPhase() {
    return 2;
  }
}
