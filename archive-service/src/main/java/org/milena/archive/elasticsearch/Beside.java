package org.milena.archive.elasticsearch;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.milena.common.failure.OutageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that the search engine answers while whoever sent it does something else. */
final class Beside<T> {
  private static final Logger log = LoggerFactory.getLogger(Beside.class);

  private final String doing;
  private final FutureTask<T> request;

  private Beside(String doing, FutureTask<T> request) {
    this.doing = doing;
    this.request = request;
  }

  /**
   * Begins.
   *
   * @param doing what it is for: {@code "counting"}
   */
  static <T> Beside<T> begin(String doing, Supplier<T> request) {
    FutureTask<T> task = new FutureTask<>(request::get);
    Thread.ofVirtual().name("beside").start(task);
    return new Beside<>(doing, task);
  }

  /**
   * Waits for the answer; throws what the request throws.
   *
   * @throws OutageException also when the wait is broken off; the search engine may be at it still
   */
  T await() {
    try {
      return request.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(doing + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      request.cancel(true);
      Thread.currentThread().interrupt();
      throw new OutageException(doing + " was broken off", e);
    }
  }

  /** Waits likewise, whatever the answer is: nobody wants it any more. */
  void awaitEnd() {
    try {
      await();
    } catch (RuntimeException e) {
      log.debug("{} failed, but nobody wants it any more", doing, e);
    }
  }
}
