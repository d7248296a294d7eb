package org.milena.egress.job;

/** The time for which a partition is ours, from assignment to revocation. */
public final class Tenure {
  private final int partition;
  private volatile boolean over;

  public Tenure(int partition) {
    this.partition = partition;
  }

  /** Of the deliveries. */
  public int partition() {
    return partition;
  }

  /** It is not ours any more: none of its deliveries is begun from now on. */
  public void end() {
    over = true;
  }

  /** Whether it has ended. */
  public boolean over() {
    return over;
  }
}
