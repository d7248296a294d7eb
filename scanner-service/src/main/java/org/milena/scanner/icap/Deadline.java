package org.milena.scanner.icap;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** When a dialogue must be over, all of it. */
final class Deadline {

  private final Duration limit;
  private final long end;

  private Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /**
   * What is left, more than nothing.
   *
   * @throws SocketTimeoutException when nothing is left
   * @throws InterruptedIOException when somebody wants this thread to stop
   */
  long nanosLeft() throws SocketTimeoutException, InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("no answer within " + limit);
    }
    return left;
  }
}
