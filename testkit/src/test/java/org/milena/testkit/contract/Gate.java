package org.milena.testkit.contract;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.milena.common.failure.OutageException;

/** Holds whoever comes until it is opened; from then on nobody. */
final class Gate {
  private final CountDownLatch opened = new CountDownLatch(1);
  private final AtomicInteger arrived = new AtomicInteger();

  /**
   * Waits, and goes on.
   *
   * @throws OutageException when it is interrupted meanwhile
   */
  void pass() {
    arrived.incrementAndGet();
    try {
      opened.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted", e);
    }
  }

  void open() {
    opened.countDown();
  }

  /** How many have come. */
  int arrived() {
    return arrived.get();
  }
}
