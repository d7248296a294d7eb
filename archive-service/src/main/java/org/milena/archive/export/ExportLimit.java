package org.milena.archive.export;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** So many exports at once: each holds a connection, and a state of the index, for long. */
public final class ExportLimit {

  /** The right to run one; closed when it is done. */
  public interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  private final Semaphore permits;

  /**
   * @param max how many at once
   */
  public ExportLimit(int max) {
    this.permits = new Semaphore(max);
  }

  /** Empty when as many as may run do. */
  public Optional<Permit> enter() {
    return permits.tryAcquire() ? Optional.of(permits::release) : Optional.empty();
  }
}
