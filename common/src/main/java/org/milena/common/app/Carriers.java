package org.milena.common.app;

/**
 * The threads of the machine that carry virtual ones.
 *
 * <p>A virtual thread that has to wait inside the JVM, mostly for a class that another one loads or
 * initialises, keeps its carrier: no other virtual thread may have it meanwhile. The JVM makes as
 * many as there are cores. On two cores two such waits at the same moment end everything for good,
 * if what they wait for has to be done by a third: the process has started, says nothing, and
 * answers nobody.
 */
public final class Carriers {
  /** Read once, when the first virtual thread is made ({@link Thread}, implementation note). */
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  /** So many hardly ever wait for classes at the same moment. They end when nothing runs. */
  private static final int LEAST = 16;

  private Carriers() {}

  /**
   * Sets their number so that there are enough, unless the command line says how many ({@code
   * -Djdk.virtualThreadScheduler.parallelism}). Must come before the first virtual thread.
   */
  public static void prepare() {
    if (System.getProperty(PARALLELISM) == null) {
      int carriers = Math.max(LEAST, Runtime.getRuntime().availableProcessors());
      System.setProperty(PARALLELISM, String.valueOf(carriers));
    }
  }
}
