package org.milena.scanner;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.event.RecordPosition;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.InRecord;

/** Reads whole topics for tests. */
final class TopicReader {

  private final KafkaAccess kafka;

  TopicReader(KafkaAccess kafka) {
    this.kafka = kafka;
  }

  /** Everything committed on a topic now. */
  List<InRecord> all(String topic) {
    List<InRecord> read = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = kafka.assigningConsumer(Map.of())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int i = 0; i < kafka.partitions(topic); i++) {
        partitions.add(new TopicPartition(topic, i));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> {
              Map<String, byte[]> headers = new LinkedHashMap<>();
              record.headers().forEach(header -> headers.put(header.key(), header.value()));
              read.add(
                  new InRecord(
                      new RecordPosition(record.topic(), record.partition(), record.offset()),
                      record.key(),
                      record.value(),
                      headers,
                      Instant.ofEpochMilli(record.timestamp())));
            });
      }
    }
    return read;
  }
}
