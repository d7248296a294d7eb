package org.milena.scanner.builtin;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory that archives decide on, for all scans of an engine together. A scan that needs much of it
 * takes a place once and keeps it to its end, so that scans wait for one another and never for
 * themselves.
 */
final class MemoryPool {

  /** What is not worth a place: the dictionaries of every-day archives. */
  static final long UNCOUNTED = 9L << 20;

  private static final int SHARE_OF_HEAP = 4;

  /** With the time of a scan, less than the guard of this engine gives. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final long perScan;
  private final Semaphore places;
  private final Duration patience;

  /**
   * A pool.
   *
   * @param heap the most that the virtual machine may have; a quarter of it is given away
   * @param perScan the most for one scan
   */
  MemoryPool(long heap, long perScan) {
    this(heap, perScan, PATIENCE);
  }

  /** One that lets nobody wait for longer than this. */
  MemoryPool(long heap, long perScan, Duration patience) {
    long share = Math.max(1, heap / SHARE_OF_HEAP);
    this.perScan = Math.min(perScan, share);
    this.places = new Semaphore((int) Math.max(1, share / this.perScan), true);
    this.patience = patience;
  }

  static MemoryPool ofThisMachine(ScanLimits limits) {
    return new MemoryPool(Runtime.getRuntime().maxMemory(), limits.memoryBytes());
  }

  long perScan() {
    return perScan;
  }

  /** Whether there was a place in time. */
  boolean enter() throws InterruptedException {
    return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  void leave() {
    places.release();
  }
}
