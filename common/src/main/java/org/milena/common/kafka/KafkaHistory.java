package org.milena.common.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.History;
import org.milena.common.stage.InRecord;

/** Reads a partition backwards, a stretch at a time. */
final class KafkaHistory implements History {
  /** Offsets in the first stretch; each one further back is twice as long. */
  static final int STRETCH = 250;

  /** Offsets that one look goes over. */
  static final int MOST = 20_000;

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final KafkaAccess access;

  KafkaHistory(KafkaAccess access) {
    this.access = access;
  }

  @Override
  public Page newest(String topic, String key, OptionalLong before, int limit) {
    TopicPartition partition =
        new TopicPartition(topic, Partitions.of(key, access.partitions(topic)));
    try (KafkaConsumer<String, byte[]> reader = access.assigningConsumer(Map.of())) {
      reader.assign(List.of(partition));
      long first = offset(reader.beginningOffsets(List.of(partition), LIMIT), partition);
      long end = offset(reader.endOffsets(List.of(partition), LIMIT), partition);
      long to = Math.min(end, before.orElse(end));
      long last = Math.max(first, to - MOST);
      List<InRecord> found = new ArrayList<>();
      for (long stretch = STRETCH; to > last; stretch *= 2) {
        long from = Math.max(last, to - stretch);
        for (InRecord record : stretch(reader, partition, from, to, key)) {
          if (found.size() == limit) {
            return new Page(found, OptionalLong.of(found.getLast().position().offset()));
          }
          found.add(record);
        }
        to = from;
      }
      return new Page(found, to > first ? OptionalLong.of(to) : OptionalLong.empty());
    } catch (KafkaException e) {
      throw new OutageException("Kafka does not answer for " + partition, e);
    }
  }

  /** The records of the key in a stretch, newest first. */
  private static List<InRecord> stretch(
      KafkaConsumer<String, byte[]> reader,
      TopicPartition partition,
      long from,
      long to,
      String key) {
    List<InRecord> found = new ArrayList<>();
    reader.seek(partition, from);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (reader.position(partition, LIMIT) < to) {
      if (System.nanoTime() - deadline > 0) {
        throw new OutageException("Kafka does not answer for " + partition);
      }
      for (ConsumerRecord<String, byte[]> record : reader.poll(Duration.ofMillis(200))) {
        if (record.offset() < to && key.equals(record.key())) {
          found.add(ProducerRecords.in(record));
        }
      }
    }
    Collections.reverse(found);
    return found;
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }
}
