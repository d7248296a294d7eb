package org.milena.benchmarks.directory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.common.kafka.KafkaAccess;

/** Reads what is committed on some topics from now on. For one thread. */
final class Follower implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final Map<TopicPartition, Long> records = new HashMap<>();

  Follower(KafkaAccess kafka, String... topics) {
    this.consumer = kafka.assigningConsumer(Map.of());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      for (int number = 0; number < kafka.partitions(topic); number++) {
        partitions.add(new TopicPartition(topic, number));
      }
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(partition -> begins.put(partition, consumer.position(partition)));
  }

  /** Reads until something is so. */
  void read(
      Consumer<ConsumerRecord<String, byte[]>> reader, BooleanSupplier until, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!until.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException("waited " + atMost + " in vain for records");
      }
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        records.merge(new TopicPartition(record.topic(), record.partition()), 1L, Long::sum);
        reader.accept(record);
      }
    }
  }

  /**
   * Most ends of transactions in one partition: each that wrote there left one marker, which takes
   * an offset and is no record.
   */
  long transactions(String topic) {
    return consumer.endOffsets(begins.keySet()).entrySet().stream()
        .filter(end -> end.getKey().topic().equals(topic))
        .map(end ->
            end.getValue()
                - begins.getOrDefault(end.getKey(), 0L)
                - records.getOrDefault(end.getKey(), 0L))
        .max(Comparator.naturalOrder())
        .orElse(0L);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
