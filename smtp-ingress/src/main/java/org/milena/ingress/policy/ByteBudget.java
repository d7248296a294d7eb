package org.milena.ingress.policy;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of messages that may be in memory at the same time, over all sessions. */
public final class ByteBudget {
  private final long total;
  private final AtomicLong used = new AtomicLong();

  /**
   * All free.
   *
   * @param total bytes
   */
  public ByteBudget(long total) {
    this.total = total;
  }

  /** Takes so many bytes, or none when there are not enough. */
  public boolean tryTake(long bytes) {
    while (true) {
      long now = used.get();
      if (bytes > total - now) {
        return false;
      }
      if (used.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
  }

  /** Gives back what was taken. */
  public void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Bytes taken now. */
  public long used() {
    return used.get();
  }
}
