package org.milena.benchmarks.site;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.milena.benchmarks.server.Cpu;

/**
 * Keeps rounds apart from whatever else works on this machine: waits for a quiet second before
 * each, and has those repeated that were disturbed. When its patience is at an end, every round
 * counts, and the report shows how disturbed it was. For one thread.
 */
final class Quiet {
  /** Cores busy while our servers idle. */
  private static final double IDLE = 0.35;

  /**
   * Cores busy in a round with what is neither measured nor measures; the kernel's own included.
   */
  private static final double DISTURBED = 0.5;

  private final long deadline;
  private final boolean patient;
  private final Consumer<String> say;
  private boolean gaveUp;

  /**
   * @param patience in all; zero takes every round as it comes
   */
  Quiet(Duration patience, Consumer<String> say) {
    this.deadline = System.nanoTime() + patience.toNanos();
    this.patient = !patience.isZero();
    this.say = say;
  }

  /** Waits for a quiet second. */
  void await() {
    boolean quiet = false;
    while (!quiet && isPatient()) {
      quiet = busyCores() <= IDLE;
    }
  }

  /** Begins to watch what else works during a round. */
  Watch watch(DoubleSupplier measured) {
    return new Watch(measured);
  }

  /** The processor time of one round, by who spent it. */
  final class Watch {
    private final DoubleSupplier measured;
    private final long start = System.nanoTime();
    private final double machineBefore = Cpu.ofTheMachine();
    private final double ourselvesBefore = Cpu.ofOurselves() + Cpu.ofEndedChildren();
    private final double measuredBefore;
    private double cpu;
    private double others;

    /**
     * @param measured seconds of processor time so far of what is measured
     */
    private Watch(DoubleSupplier measured) {
      this.measured = measured;
      this.measuredBefore = measured.getAsDouble();
    }

    /** The round is over; whether it counts. */
    boolean stop() {
      double machine = Cpu.ofTheMachine() - machineBefore;
      double ourselves = Cpu.ofOurselves() + Cpu.ofEndedChildren() - ourselvesBefore;
      cpu = measured.getAsDouble() - measuredBefore;
      others = (machine - ourselves - cpu) / ((System.nanoTime() - start) / 1e9);
      return !isPatient() || others <= DISTURBED;
    }

    /** Seconds of what was measured, until the stop. */
    double cpu() {
      return cpu;
    }

    /** Cores busy with what was neither measured nor us nor our load tool. */
    double others() {
      return others;
    }
  }

  private boolean isPatient() {
    if (patient && !gaveUp && System.nanoTime() - deadline > 0) {
      gaveUp = true;
      say.accept("(the machine was not quiet for long enough: rounds count as they come)");
    }
    return patient && !gaveUp;
  }

  /** Over the next second. */
  private static double busyCores() {
    double before = Cpu.ofTheMachine();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(1);
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    return (Cpu.ofTheMachine() - before) / ((System.nanoTime() - start) / 1e9);
  }
}
