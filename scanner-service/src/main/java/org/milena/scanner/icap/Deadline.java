package org.milena.scanner.icap;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** When a dialogue must be over, all of it. */
final class Deadline {

  private final Duration limit;
  private final long end;

  private Deadline(Duration limit, long end) {
    this.limit = limit;
    this.end = end;
  }

  static Deadline in(Duration limit) {
    return new Deadline(limit, System.nanoTime() + limit.toNanos());
  }

  /** For a part of it that begins now and has less time. */
  Deadline atMost(Duration less) {
    Deadline sooner = in(less);
    return sooner.end - end < 0 ? sooner : this;
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
