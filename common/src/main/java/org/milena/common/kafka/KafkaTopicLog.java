package org.milena.common.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.TopicLog;

/** Reads with a consumer of its own, outside of any group. */
final class KafkaTopicLog implements TopicLog {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final KafkaAccess access;
  private final String topic;

  KafkaTopicLog(KafkaAccess access, String topic) {
    this.access = access;
    this.topic = topic;
  }

  @Override
  public Map<Integer, Long> ends() {
    try (KafkaConsumer<String, byte[]> reader = access.assigningConsumer(Map.of())) {
      Map<Integer, Long> ends = new HashMap<>();
      reader
          .endOffsets(partitions(), LIMIT)
          .forEach((partition, end) -> ends.put(partition.partition(), end));
      return ends;
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  @Override
  public void read(Map<Integer, Long> from, Map<Integer, Long> to, Consumer<Stretch> each) {
    try (KafkaConsumer<String, byte[]> reader =
        access.assigningConsumer(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500))) {
      List<TopicPartition> open = new ArrayList<>(partitions());
      reader.assign(open);
      Map<TopicPartition, Long> beginnings = reader.beginningOffsets(open, LIMIT);
      open.forEach(partition ->
          reader.seek(
              partition,
              Math.max(
                  beginnings.getOrDefault(partition, 0L),
                  from.getOrDefault(partition.partition(), 0L))));
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (true) {
        open.removeIf(partition -> isPassed(reader, partition, to));
        if (open.isEmpty()) {
          return;
        }
        if (System.nanoTime() - deadline > 0) {
          throw new OutageException("Kafka does not answer for " + open);
        }
        ConsumerRecords<String, byte[]> polled = reader.poll(Duration.ofMillis(500));
        if (!polled.isEmpty()) {
          show(reader, polled, to, each);
          deadline = System.nanoTime() + LIMIT.toNanos();
        }
      }
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  private static boolean isPassed(
      KafkaConsumer<String, byte[]> reader, TopicPartition partition, Map<Integer, Long> to) {
    boolean passed =
        reader.position(partition, LIMIT) >= to.getOrDefault(partition.partition(), 0L);
    if (passed) {
      reader.pause(List.of(partition));
    }
    return passed;
  }

  private static void show(
      KafkaConsumer<String, byte[]> reader,
      ConsumerRecords<String, byte[]> polled,
      Map<Integer, Long> to,
      Consumer<Stretch> each) {
    List<InRecord> records = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : polled) {
      if (record.offset() < to.getOrDefault(record.partition(), 0L)) {
        records.add(ProducerRecords.in(record));
      }
    }
    Map<Integer, Long> next = new HashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      next.put(partition.partition(), reader.position(partition, LIMIT));
    }
    each.accept(new Stretch(records, next));
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < access.partitions(topic); i++) {
      partitions.add(new TopicPartition(topic, i));
    }
    return partitions;
  }

  private OutageException away(KafkaException e) {
    return new OutageException("Kafka does not answer for " + topic, e);
  }
}
