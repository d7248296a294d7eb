package org.milena.benchmarks.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions that can only be asked for. */
public final class Waiting {
  private static final Duration STEP = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * Asks twenty times a second.
   *
   * @throws BenchmarkException when it does not come in time
   */
  public static void until(String what, Duration atMost, BooleanSupplier condition) {
    until(what, atMost, STEP, condition);
  }

  /** The same, with a pause of one's own. */
  public static void until(String what, Duration atMost, Duration step, BooleanSupplier condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException("waited " + atMost + " in vain for " + what);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new BenchmarkException("interrupted while waiting for " + what);
      }
      LockSupport.parkNanos(Math.max(step.toNanos(), TimeUnit.MICROSECONDS.toNanos(100)));
    }
  }
}
