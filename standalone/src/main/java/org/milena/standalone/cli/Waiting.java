package org.milena.standalone.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for something the server tells only when asked. */
record Waiting(Duration limit) {

  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Asks until there is an answer, or the limit is over. */
  <T> Optional<T> until(Supplier<Optional<T>> question) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent() || System.nanoTime() - end >= 0) {
        return answer;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new CliFailure("Interrupted.");
      }
    }
  }
}
