package org.milena.scanner.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** Work that is run when a test says so, by a clock that a test moves. */
final class LaterByHand implements Circuit.Later {
  private record Planned(Duration at, Runnable work) {}

  private final List<Planned> planned = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private boolean stopped;

  @Override
  public synchronized void run(Duration delay, Runnable work) {
    if (stopped) {
      throw new RejectedExecutionException("stopped");
    }
    planned.add(new Planned(now.plus(delay), work));
  }

  /** Lets time pass, and runs what is due by then. */
  void pass(Duration time) {
    synchronized (this) {
      now = now.plus(time);
    }
    List<Runnable> due;
    do {
      due = due();
      due.forEach(Runnable::run);
    } while (!due.isEmpty());
  }

  /** Runs what is due. */
  void runDue() {
    pass(Duration.ZERO);
  }

  private synchronized List<Runnable> due() {
    List<Runnable> due =
        planned.stream().filter(one -> one.at().compareTo(now) <= 0).map(Planned::work).toList();
    planned.removeIf(one -> one.at().compareTo(now) <= 0);
    return due;
  }

  /** How much waits to be run. */
  synchronized int waiting() {
    return planned.size();
  }

  /** Takes nothing more. */
  synchronized void stop() {
    stopped = true;
  }
}
