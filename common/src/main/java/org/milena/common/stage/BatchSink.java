package org.milena.common.stage;

import java.util.List;

/**
 * A reader whose effects lie outside Kafka, and are idempotent: a batch may come again after a
 * crash.
 */
public interface BatchSink {

  /** Names it in metrics, consumer group and dead letters: {@code archive}. */
  String name();

  /** The topic it reads. */
  String topic();

  /** How many records come in one batch, at most. */
  default int batchRecords() {
    return 500;
  }

  /** About how many octets of a partition come in one batch; a larger record comes alone. */
  default int batchOctets() {
    return 1 << 20;
  }

  /**
   * Takes records in, in the order of their partitions, and returns when their effects are durable.
   *
   * @throws org.milena.common.failure.OutageException when what keeps the effects is away; the
   *     batch comes again
   * @throws RefusedRecordsException when some of them will never be taken; the effects of all
   *     others are durable
   */
  void accept(List<InRecord> batch);

  /**
   * Takes away what tries left of a record that failed as often as it may: its dead letter is
   * written next. May come again.
   *
   * @throws org.milena.common.failure.OutageException when what keeps the effects is away; the
   *     record comes again
   */
  default void undo(InRecord record) {
    // most leave nothing
  }
}
