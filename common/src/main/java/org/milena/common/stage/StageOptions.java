package org.milena.common.stage;

import java.time.Duration;

/**
 * How a stage is run.
 *
 * @param parallelPrepares how many records are prepared at the same time
 * @param maxBatchRecords how many records one transaction may hold
 * @param readAgain how much of the end of its topic it reads again when it starts, by the time of
 *     the records: for a site that lost power, where offsets may have been kept and what they stand
 *     for not. Zero otherwise
 */
public record StageOptions(int parallelPrepares, int maxBatchRecords, Duration readAgain) {
  public StageOptions {
    if (parallelPrepares < 1 || maxBatchRecords < 1) {
      throw new IllegalArgumentException("a stage does at least one at a time");
    }
    if (readAgain.isNegative()) {
      throw new IllegalArgumentException("what is read again lies behind: " + readAgain);
    }
  }

  /** Begins where it ended. */
  public StageOptions(int parallelPrepares, int maxBatchRecords) {
    this(parallelPrepares, maxBatchRecords, Duration.ZERO);
  }
}
