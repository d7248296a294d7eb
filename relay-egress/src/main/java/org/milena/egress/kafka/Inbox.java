package org.milena.egress.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.milena.egress.job.Carriage;
import org.milena.egress.job.Report;

/**
 * Where reports wait for the loop. Holds sending up when their results are not kept in time: what
 * is sent and not kept would be sent again after a crash.
 *
 * <p>Safe for use by several threads.
 */
final class Inbox implements Consumer<Report> {
  private final LoopSettings settings;
  private final Carriage carriage;
  private List<Report> waiting = new ArrayList<>();
  private int unkept;
  private long oldestNanos;
  private boolean holding;

  Inbox(LoopSettings settings, Carriage carriage) {
    this.settings = settings;
    this.carriage = carriage;
  }

  @Override
  public synchronized void accept(Report report) {
    waiting.add(report);
    if (unkept == 0) {
      oldestNanos = System.nanoTime();
    }
    unkept++;
    Duration age = Duration.ofNanos(System.nanoTime() - oldestNanos);
    if (!holding && (unkept > settings.maxUnkept() || age.compareTo(settings.maxUnkeptAge()) > 0)) {
      holding = true;
      carriage.hold(true);
    }
  }

  /** Takes all reports out. */
  synchronized List<Report> take() {
    List<Report> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }

  /** All that was taken out is kept. */
  synchronized void kept() {
    unkept = waiting.size();
    oldestNanos = System.nanoTime();
    if (holding) {
      holding = false;
      carriage.hold(false);
    }
  }

  /** Whether something waits. */
  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether sending is held up. */
  synchronized boolean isHolding() {
    return holding;
  }
}
