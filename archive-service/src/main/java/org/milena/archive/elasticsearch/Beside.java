package org.milena.archive.elasticsearch;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.milena.common.failure.OutageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of the search engine while whoever asks does something else. */
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
   * @throws OutageException also when the wait is broken off, and the request with it
   */
  T await() {
    try {
      return request.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(doing + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      request.cancel(true);
      Thread.currentThread().interrupt();
      throw new OutageException(doing + " was broken off", e);
    }
  }

  /** Waits until the search engine does it no more, whatever came of it: nobody wants it. */
  void awaitEnd() {
    try {
      await();
    } catch (RuntimeException e) {
      log.debug("{} failed, and so did what it was for", doing, e);
    }
  }
}
