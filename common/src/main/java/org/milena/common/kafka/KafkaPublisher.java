package org.milena.common.kafka;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Publisher;

/** Single durable writes over one idempotent producer. */
final class KafkaPublisher implements Publisher {
  private final Producer<String, byte[]> producer;
  private final ProducerRecords records;

  KafkaPublisher(Producer<String, byte[]> producer, ProducerRecords records) {
    this.producer = producer;
    this.records = records;
  }

  @Override
  public CompletableFuture<RecordPosition> publish(OutRecord record) {
    CompletableFuture<RecordPosition> result = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              records.of(record),
              (metadata, failure) -> {
                if (failure == null) {
                  result.complete(
                      new RecordPosition(record.topic(), metadata.partition(), metadata.offset()));
                } else {
                  result.completeExceptionally(classify(record, failure));
                }
              });
    } catch (KafkaException e) {
      result.completeExceptionally(classify(record, e));
    }
    return result;
  }

  /** What no trying again would mend is a defect of the record. */
  private static RuntimeException classify(OutRecord record, Exception failure) {
    return failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException
        ? new UnreadableRecordException(
            "Kafka does not take a record for " + record.topic() + ": " + failure.getMessage(),
            failure)
        : new OutageException("Kafka did not acknowledge a record for " + record.topic(), failure);
  }
}
