package org.milena.scanner.dns;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether asking makes sense. Closed at first. After some silences in a row a probe is sent;
 * if nobody answers that either, it is open, and nobody asks. While it is open a probe goes out
 * after each pause, until one is answered. Nobody who wants to ask waits for a probe.
 *
 * <p>It never opens before a probe failed too. A stranger's names can be silent many times in a
 * row, because their own servers are: that must not stop the look-ups of everybody else.
 */
final class Circuit {
  private static final Logger log = LoggerFactory.getLogger(Circuit.class);

  private final int limit;
  private final Duration pause;
  private final Later later;
  private final Supplier<Sign> probe;

  private int silences;
  private boolean open;

  /** Whether a probe runs or is to come. */
  private boolean probing;

  /** Of the probe whose word counts: none does once an answer came after it was begun. */
  private int turn;

  /** What a probe found. */
  enum Sign {
    LIFE,
    SILENCE,
    /** It did not come to its end. */
    NONE
  }

  /** Runs work on another thread. */
  @FunctionalInterface
  interface Later {

    /**
     * Soon returns.
     *
     * @param delay before it begins
     * @throws RejectedExecutionException when it was stopped
     */
    void run(Duration delay, Runnable work);
  }

  /**
   * @param limit silences in a row before it probes
   * @param later where probes run
   * @param probe asks what any server can answer
   */
  Circuit(int limit, Duration pause, Later later, Supplier<Sign> probe) {
    this.limit = limit;
    this.pause = pause;
    this.later = later;
    this.probe = probe;
  }

  /** Whether to ask now. */
  synchronized boolean mayAsk() {
    return !open;
  }

  /** A server answered, whatever it said. */
  synchronized void answered() {
    silences = 0;
    probing = false;
    turn++;
    if (open) {
      open = false;
      log.info("name servers answer again");
    }
  }

  /** No server answered a question. */
  synchronized void silent() {
    silences++;
    if (!probing && silences >= limit) {
      begin(Duration.ZERO);
    }
  }

  private void begin(Duration delay) {
    int mine = ++turn;
    try {
      later.run(delay, () -> probe(mine));
      probing = true;
    } catch (RejectedExecutionException e) {
      log.debug("no probe of the name servers any more", e);
    }
  }

  private void probe(int mine) {
    if (!counts(mine)) {
      return;
    }
    Sign sign = Sign.NONE;
    try {
      sign = probe.get();
    } catch (RuntimeException e) {
      log.error("the probe of the name servers broke", e);
    } finally {
      settle(mine, sign);
    }
  }

  private synchronized boolean counts(int mine) {
    return mine == turn;
  }

  private synchronized void settle(int mine, Sign sign) {
    if (!counts(mine)) {
      return;
    }
    probing = false;
    switch (sign) {
      case LIFE -> answered();
      case SILENCE -> {
        if (!open) {
          log.warn("no name server answers: checks that need the DNS are put off until one does");
        }
        open = true;
      }
      case NONE -> {}
    }
    if (open) {
      begin(pause);
    }
  }
}
