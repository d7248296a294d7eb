package org.milena.egress.kafka;

import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * The epochs of a partition's leader, for the positions that may be committed: by them a broker
 * that lost the end of its log tells that it did (KIP-320).
 */
final class Epochs {
  private final TreeMap<Long, Integer> byOffset = new TreeMap<>();

  /** A record was read. */
  void read(ConsumerRecord<String, byte[]> record) {
    record.leaderEpoch().ifPresent(epoch -> byOffset.put(record.offset(), epoch));
  }

  /** The consumer has reached a position, which may lie behind markers of transactions. */
  void reached(OffsetAndMetadata position) {
    position.leaderEpoch().ifPresent(epoch -> byOffset.putIfAbsent(position.offset() - 1, epoch));
  }

  /** The epoch for a position: of the record there, or of what lies just before it. */
  Optional<Integer> at(long position) {
    Integer there = byOffset.get(position);
    return Optional.ofNullable(there == null ? byOffset.get(position - 1) : there);
  }

  /** Positions before this one will not be asked for any more. */
  void forgetBefore(long position) {
    byOffset.headMap(position - 1).clear();
  }
}
