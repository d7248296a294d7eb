package org.milena.scanner.dns;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether asking makes sense. Closed at first; after some silences in a row it is open for a
 * pause, in which nobody asks; after the pause it closes if a probe is answered, and else stays
 * open for another.
 *
 * <p>It never opens before a probe failed too. A stranger's names can be silent many times in a
 * row, because their own servers are: that must not stop the look-ups of everybody else.
 */
final class Circuit {
  private static final Logger log = LoggerFactory.getLogger(Circuit.class);

  private final int limit;
  private final Duration pause;
  private final LongSupplier nanos;
  private final BooleanSupplier probe;

  private int silences;
  private boolean open;
  private long openUntil;
  private boolean probing;

  /**
   * @param limit silences in a row before it probes
   * @param probe asks what any server can answer; false when none does
   */
  Circuit(int limit, Duration pause, LongSupplier nanos, BooleanSupplier probe) {
    this.limit = limit;
    this.pause = pause;
    this.nanos = nanos;
    this.probe = probe;
  }

  /** Whether to ask now. The first to come after the pause pays for the probe. */
  boolean mayAsk() {
    synchronized (this) {
      if (!open) {
        return true;
      }
      if (probing || nanos.getAsLong() - openUntil < 0) {
        return false;
      }
      probing = true;
    }
    return probed();
  }

  /** A server answered, whatever it said. */
  synchronized void answered() {
    silences = 0;
    close();
  }

  /** No server answered a question. */
  void silent() {
    synchronized (this) {
      silences++;
      if (open || probing || silences < limit) {
        return;
      }
      probing = true;
    }
    probed();
  }

  private boolean probed() {
    boolean alive = false;
    try {
      alive = probe.getAsBoolean();
    } finally {
      settle(alive);
    }
    return alive;
  }

  private synchronized void settle(boolean alive) {
    probing = false;
    if (alive) {
      answered();
      return;
    }
    if (!open) {
      log.warn("no name server answers: checks that need the DNS are put off until one does");
    }
    open = true;
    openUntil = nanos.getAsLong() + pause.toNanos();
  }

  private void close() {
    if (open) {
      open = false;
      log.info("name servers answer again");
    }
  }
}
