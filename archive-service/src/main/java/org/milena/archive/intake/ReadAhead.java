package org.milena.archive.intake;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.InRecord;

/**
 * Reads the next slice while its user is busy with the one before: one at a time, in their order. A
 * failure comes when its slice is asked for, so what lies before it is kept. For one thread.
 *
 * <p>Closing waits for what is being read, so that a batch that comes again never meets itself.
 *
 * @param <T> what a slice becomes
 */
final class ReadAhead<T> implements Iterator<T>, AutoCloseable {
  private final Iterator<List<InRecord>> slices;
  private final Function<List<InRecord>, T> reader;
  private final Executor thread;
  private @Nullable FutureTask<T> ahead;

  /**
   * Begins to read the first one.
   *
   * @param thread where slices are read
   */
  ReadAhead(List<List<InRecord>> slices, Function<List<InRecord>, T> reader, Executor thread) {
    this.slices = List.copyOf(slices).iterator();
    this.reader = reader;
    this.thread = thread;
    begin();
  }

  private void begin() {
    if (!slices.hasNext()) {
      ahead = null;
      return;
    }
    List<InRecord> slice = slices.next();
    FutureTask<T> task = new FutureTask<>(() -> reader.apply(slice));
    ahead = task;
    thread.execute(task);
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  /**
   * The next one, read.
   *
   * @throws OutageException when this thread is interrupted
   */
  @Override
  public T next() {
    FutureTask<T> task = ahead;
    if (task == null) {
      throw new NoSuchElementException("all slices were read");
    }
    T slice = result(task);
    begin();
    return slice;
  }

  private static <T> T result(Future<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while posts were read", e);
    }
  }

  @Override
  public void close() {
    FutureTask<T> task = ahead;
    ahead = null;
    if (task == null || task.isDone()) {
      return;
    }
    boolean interrupted = false;
    while (!task.isDone()) {
      try {
        T unused = task.get();
      } catch (ExecutionException _) {
        break; // it is read again when the batch comes again, and fails then
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
