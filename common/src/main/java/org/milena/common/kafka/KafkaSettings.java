package org.milena.common.kafka;

/**
 * What the clients need to know.
 *
 * @param bootstrapServers {@code host:port}, comma-separated
 * @param instance stable name of this process; part of its transactional ids, so no two processes
 *     may share it
 * @param replication copies of each topic: 1 on one machine, 3 or more in a cluster
 * @param partitions of the topics that share out work
 * @param maxMailSize largest message taken at the edge, bytes
 */
public record KafkaSettings(
    String bootstrapServers, String instance, int replication, int partitions, int maxMailSize) {

  /** What headers may grow on the way; topics take this much more than the mail limit. */
  static final int HEADROOM = 2 * 1024 * 1024;

  /** Largest record on topics that carry mail, bytes. */
  int maxRecordSize() {
    return maxMailSize + HEADROOM;
  }

  /** Largest record on the dead letters, bytes. */
  int maxDeadLetterSize() {
    return maxMailSize + 2 * HEADROOM;
  }

  /** The replicas that must have a record before it is acknowledged. */
  int minInSync() {
    return replication >= 3 ? 2 : 1;
  }
}
