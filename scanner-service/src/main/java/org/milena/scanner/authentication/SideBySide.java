package org.milena.scanner.authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.milena.common.mail.MailId;
import org.milena.common.stage.MailLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks of one mail that run at the same time. To close it ends those that still do. */
final class SideBySide implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SideBySide.class);

  private static final String BROKEN = "the check broke";
  private static final String STOPPED = "the check was stopped";

  private final ExecutorService threads;
  private final MailId id;
  private final List<Future<?>> running = new ArrayList<>();

  SideBySide(ExecutorService threads, MailId id) {
    this.threads = threads;
    this.id = id;
  }

  /**
   * Begins a check.
   *
   * @param otherwise what counts, for a reason, where the check came to no end
   * @return waits for what it finds; may be asked often, and by other checks
   */
  <T> Supplier<T> begin(String check, Supplier<T> work, Function<String, T> otherwise) {
    try {
      Future<T> result =
          threads.submit(MailLog.inThisContext(() -> guarded(check, work, otherwise)));
      running.add(result);
      return () -> await(result, otherwise);
    } catch (RejectedExecutionException e) {
      log.debug("{}: {} is not begun any more", id, check, e);
      return () -> otherwise.apply(STOPPED);
    }
  }

  private <T> T guarded(String check, Supplier<T> work, Function<String, T> otherwise) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      log.error("{}: {} broke, which counts as a temporary error", id, check, e);
      return otherwise.apply(BROKEN);
    }
  }

  private static <T> T await(Future<T> result, Function<String, T> otherwise) {
    try {
      return result.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return otherwise.apply(STOPPED);
    } catch (CancellationException _) {
      return otherwise.apply(STOPPED);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check of the sender failed", e.getCause());
    }
  }

  @Override
  public void close() {
    running.forEach(check -> check.cancel(true));
  }
}
