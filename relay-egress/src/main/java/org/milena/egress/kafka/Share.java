package org.milena.egress.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.milena.egress.job.CommitNote;
import org.milena.egress.job.Holding;

/** One partition's part of a commit. */
final class Share {
  private final Tracked tracked;
  private final OffsetAndMetadata offset;

  /** A holding with what the client knows of its partition. */
  static final class Tracked {
    final TopicPartition partition;
    final Holding holding;
    final Epochs epochs = new Epochs();
    long position;
    long committed;

    Tracked(TopicPartition partition, Holding holding, long committed) {
      this.partition = partition;
      this.holding = holding;
      this.position = committed;
      this.committed = committed;
    }

    long committable() {
      return holding.ledger().committable(position);
    }
  }

  Share(Tracked tracked) {
    this.tracked = tracked;
    long committable = tracked.committable();
    this.offset =
        new OffsetAndMetadata(
            committable,
            tracked.epochs.at(committable),
            CommitNote.write(tracked.holding.ledger().readBackFrom()));
  }

  TopicPartition partition() {
    return tracked.partition;
  }

  Holding holding() {
    return tracked.holding;
  }

  OffsetAndMetadata offset() {
    return offset;
  }

  /**
   * It is on the log.
   *
   * @param resultsEnd behind the last result; -1 when there was none
   */
  void committed(long resultsEnd) {
    tracked.committed = offset.offset();
    tracked.epochs.forgetBefore(offset.offset());
    tracked.holding.pending().clear();
    tracked.holding.ledger().resultsReach(resultsEnd);
  }
}
