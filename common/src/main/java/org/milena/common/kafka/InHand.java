package org.milena.common.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.stage.Stage;

/**
 * Records whose preparation has begun and that are not written yet: by partition, in their order.
 * Only the first ones of a partition can be taken, since offsets are committed without gaps.
 *
 * <p>Nothing more is fetched of a partition that has something in hand. So a partition holds no
 * more than one poll brought, and one that waits behind a slow record does not stop the others.
 */
final class InHand {
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

  private final int mostUnprepared;
  private final long mostOctets;
  private final Map<TopicPartition, Deque<Entry>> entries = new LinkedHashMap<>();

  /**
   * @param mostUnprepared how many records may be prepared, or wait for that, before no more are
   *     fetched
   * @param mostOctets how many octets they all may have before that
   */
  InHand(int mostUnprepared, long mostOctets) {
    this.mostUnprepared = mostUnprepared;
    this.mostOctets = mostOctets;
  }

  /** Puts a record behind the others of its partition. */
  void add(Entry entry) {
    entries.computeIfAbsent(entry.partition(), _ -> new ArrayDeque<>()).add(entry);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether no more should be fetched. */
  boolean isFull() {
    int unprepared = 0;
    long octets = 0;
    for (Deque<Entry> some : entries.values()) {
      for (Entry entry : some) {
        unprepared += entry.prepared().isDone() ? 0 : 1;
        octets += entry.size();
      }
    }
    return unprepared >= mostUnprepared || octets >= mostOctets;
  }

  /** The partitions something is in hand of. */
  Set<TopicPartition> partitions() {
    return Set.copyOf(entries.keySet());
  }

  /**
   * Takes those that are done, with whatever outcome, up to the first of each partition that is
   * not.
   *
   * @param most how many it takes
   */
  List<Entry> takeDone(int most) {
    List<Entry> done = new ArrayList<>();
    for (Deque<Entry> some : entries.values()) {
      while (done.size() < most && !some.isEmpty() && some.getFirst().prepared().isDone()) {
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

  /** The first offset in hand of a partition. */
  OptionalLong first(TopicPartition partition) {
    Deque<Entry> some = entries.get(partition);
    return some == null ? OptionalLong.empty() : OptionalLong.of(some.getFirst().record().offset());
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
