package org.milena.egress.net;

/** Stands open, or holds up whoever comes. */
final class Gate {
  private boolean held;
  private boolean closed;
  private long openSince = System.nanoTime();

  synchronized void hold(boolean now) {
    if (held && !now) {
      openSince = System.nanoTime();
    }
    held = now;
    notifyAll();
  }

  /** For how long it has stood open; 0 while it does not. */
  synchronized long openNanos(long now) {
    return held ? 0 : now - openSince;
  }

  /** Lets everybody go, for good: there is no more work. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Returns when it stands open; whether work goes on. */
  synchronized boolean pass() throws InterruptedException {
    while (held && !closed) {
      wait();
    }
    return !closed;
  }

  /** Waits for a while, or until there is no more work; whether work goes on. */
  synchronized boolean pause(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (!closed && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return !closed;
  }
}
