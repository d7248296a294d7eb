package org.milena.scanner.builtin;

import java.util.concurrent.Semaphore;

/**
 * Memory that archives decide on, for all scans of an engine together. A scan that needs much of it
 * takes a place once and keeps it to its end, so that scans wait for one another and never for
 * themselves.
 */
final class MemoryPool {

  /** What is not worth a place: the dictionaries of every-day archives. */
  static final long UNCOUNTED = 9L << 20;

  private static final int SHARE_OF_HEAP = 4;

  private final long perScan;
  private final Semaphore places;

  /**
   * A pool.
   *
   * @param heap the most that the virtual machine may have; a quarter of it is given away
   * @param perScan the most for one scan
   */
  MemoryPool(long heap, long perScan) {
    long share = Math.max(1, heap / SHARE_OF_HEAP);
    this.perScan = Math.min(perScan, share);
    this.places = new Semaphore((int) Math.max(1, share / this.perScan), true);
  }

  static MemoryPool ofThisMachine(ScanLimits limits) {
    return new MemoryPool(Runtime.getRuntime().maxMemory(), limits.memoryBytes());
  }

  long perScan() {
    return perScan;
  }

  void enter() throws InterruptedException {
    places.acquire();
  }

  void leave() {
    places.release();
  }
}
