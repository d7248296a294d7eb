package org.milena.egress.net;

/** Stands open, or holds up whoever comes. */
final class Gate {
  private boolean held;
  private boolean closed;

  synchronized void hold(boolean now) {
    held = now;
    notifyAll();
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
