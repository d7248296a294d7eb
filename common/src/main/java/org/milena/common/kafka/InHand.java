package org.milena.common.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.stage.Stage;

/**
 * Records whose preparation has begun and that are not written yet: by partition, in their order.
 * Only the first ones of a partition can be taken, since offsets are committed without gaps.
 */
final class InHand {
  /** More than this in all waits on the log, not in memory. */
  private static final long MOST_OCTETS = 32L << 20;

  /** A record, and what is to be written for it once that is known. */
  record Entry(
      TopicPartition partition,
      ConsumerRecord<String, byte[]> record,
      Future<Stage.Prepared> prepared) {

    private int size() {
      byte[] value = record.value();
      return value == null ? 0 : value.length;
    }
  }

  private final int mostRecords;
  private final Map<TopicPartition, Deque<Entry>> entries = new LinkedHashMap<>();

  InHand(int mostRecords) {
    this.mostRecords = mostRecords;
  }

  /** Puts a record behind the others of its partition. */
  void add(Entry entry) {
    entries.computeIfAbsent(entry.partition(), _ -> new ArrayDeque<>()).add(entry);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  boolean holds(TopicPartition partition) {
    return entries.containsKey(partition);
  }

  /** Whether no more should be fetched. */
  boolean isFull() {
    int records = 0;
    long octets = 0;
    for (Deque<Entry> some : entries.values()) {
      for (Entry entry : some) {
        records++;
        octets += entry.size();
      }
    }
    return records >= mostRecords || octets >= MOST_OCTETS;
  }

  /** The partitions something is in hand of. */
  Set<TopicPartition> partitions() {
    return Set.copyOf(entries.keySet());
  }

  /**
   * Takes those that are done, with whatever outcome, up to the first of each partition that is
   * not.
   */
  List<Entry> takeDone() {
    List<Entry> done = new ArrayList<>();
    for (Deque<Entry> some : entries.values()) {
      while (!some.isEmpty() && some.getFirst().prepared().isDone()) {
        done.add(some.removeFirst());
      }
    }
    entries.values().removeIf(Collection::isEmpty);
    return done;
  }

  /** The first offset in hand of each partition. */
  Map<TopicPartition, Long> firsts() {
    Map<TopicPartition, Long> firsts = new LinkedHashMap<>();
    entries.forEach((partition, some) -> firsts.put(partition, some.getFirst().record().offset()));
    return firsts;
  }

  /** Gives up what is in hand of a partition: it will be read again, here or elsewhere. */
  void letGo(TopicPartition partition) {
    Deque<Entry> some = entries.remove(partition);
    if (some != null) {
      some.forEach(entry -> entry.prepared().cancel(true));
    }
  }

  /** Gives up everything. */
  void letGo() {
    partitions().forEach(this::letGo);
  }
}
