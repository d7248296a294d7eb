package org.milena.scanner.quarantine;

import java.time.Duration;
import org.milena.common.event.RecordPosition;

/** How far this instance's view has followed the log. */
public interface QuarantineLog {

  /**
   * Waits until the view has passed a record.
   *
   * @throws org.milena.common.table.StaleViewException when that takes longer than {@code atMost}
   */
  void awaitPassed(RecordPosition position, Duration atMost);

  /** Whether the view has reached the end of the log once; before, it lacks mail. */
  boolean isComplete();
}
