package org.milena.common.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.milena.common.event.RecordPosition;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;

/** Our records to Kafka's and back. */
final class ProducerRecords {
  private final ToIntFunction<String> partitions;

  /**
   * @param partitions how many partitions a topic has
   */
  ProducerRecords(ToIntFunction<String> partitions) {
    this.partitions = partitions;
  }

  ProducerRecord<String, byte[]> of(OutRecord record) {
    List<Header> headers = new ArrayList<>(record.headers().size());
    record.headers().forEach((name, bytes) -> headers.add(new RecordHeader(name, bytes)));
    Integer partition =
        record.partition().isPresent()
            ? Integer.valueOf(record.partition().getAsInt())
            : record
                .partitionKey()
                .map(text -> Partitions.of(text, partitions.applyAsInt(record.topic())))
                .orElse(null);
    return new ProducerRecord<>(
        record.topic(), partition, record.key().orElse(null), record.value(), headers);
  }

  static InRecord in(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value() == null ? new byte[0] : header.value());
    }
    return new InRecord(
        new RecordPosition(record.topic(), record.partition(), record.offset()),
        record.key(),
        record.value(),
        headers,
        Instant.ofEpochMilli(record.timestamp()));
  }
}
