package org.milena.common.stage;

/**
 * How a stage is run.
 *
 * @param parallelPrepares how many records are prepared at the same time
 * @param maxBatchRecords how many records one transaction may hold
 */
public record StageOptions(int parallelPrepares, int maxBatchRecords) {
  public StageOptions {
    if (parallelPrepares < 1 || maxBatchRecords < 1) {
      throw new IllegalArgumentException("a stage does at least one at a time");
    }
  }
}
