package org.milena.common.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.RefusedRecordsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link BatchSink}: effects first, offset after. A batch that fails as a whole is tried
 * record by record, so that one bad record harms no other; after {@value Tries#LIMIT} tries it is
 * set aside. Records that the sink names as refused for good are set aside at once.
 */
final class SinkRunner extends GroupRunner {
  private static final Logger log = LoggerFactory.getLogger(SinkRunner.class);

  private final BatchSink sink;
  private final KafkaAccess access;
  private final InstantSource clock;

  SinkRunner(BatchSink sink, KafkaAccess access, InstantSource clock) {
    super(sink.name(), sink.topic(), Duration.ZERO, access);
    this.sink = sink;
    this.access = access;
    this.clock = clock;
  }

  @Override
  protected Map<String, Object> consumerOverrides() {
    return Map.of(
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, sink.batchRecords(),
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, sink.batchOctets());
  }

  @Override
  protected void begin() {
    // nothing but the consumer is needed
  }

  @Override
  protected void assigned(Collection<TopicPartition> partitions) {
    // a sink keeps nothing by partition
  }

  @Override
  protected void process(
      KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> batch) {
    List<ConsumerRecord<String, byte[]>> good = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : batch) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      if (tries().isSpent(partition, record.offset())) {
        undo(record);
        setAside(record, tries().cause(partition), Tries.LIMIT);
      } else {
        good.add(record);
      }
    }
    if (!good.isEmpty() && !accept(consumer, batch, good)) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : batch) {
      offsets.put(new TopicPartition(record.topic(), record.partition()), offsetBehind(record));
    }
    consumer.commitSync(offsets);
    committed(offsets);
    countDone(batch.count());
  }

  /** What cannot be taken away either stays: the dead letter is worth more. */
  private void undo(ConsumerRecord<String, byte[]> record) {
    try (MailContext _ = MailContext.of(record)) {
      sink.undo(ProducerRecords.in(record));
    } catch (OutageException | KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("what {} did of a record that it cannot take stays", sink.name(), e);
    }
  }

  /** Whether the sink took them; if not, everything goes back and waits. */
  private boolean accept(
      KafkaConsumer<String, byte[]> consumer,
      ConsumerRecords<String, byte[]> batch,
      List<ConsumerRecord<String, byte[]>> good) {
    try {
      List<InRecord> records = good.stream().map(ProducerRecords::in).toList();
      sink.accept(records);
      return true;
    } catch (RefusedRecordsException e) {
      setAside(good, e);
      return true; // the others are taken
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      ConsumerRecord<String, byte[]> first = good.getFirst();
      if (good.size() > 1 && !(e instanceof OutageException)) {
        isolate(); // which one it was will show
      } else {
        try (MailContext _ = MailContext.of(first)) {
          failed(new TopicPartition(first.topic(), first.partition()), first.offset(), e);
        }
      }
      for (TopicPartition partition : batch.partitions()) {
        rewind(consumer, partition, batch.records(partition).getFirst().offset());
      }
      return false;
    }
  }

  /** They would be refused again: no other has to wait until they were tried often enough. */
  private void setAside(List<ConsumerRecord<String, byte[]>> batch, RefusedRecordsException e) {
    Map<RecordPosition, String> left = new HashMap<>(e.reasons());
    for (ConsumerRecord<String, byte[]> record : batch) {
      String why =
          left.remove(new RecordPosition(record.topic(), record.partition(), record.offset()));
      if (why != null) {
        try (MailContext _ = MailContext.of(record)) {
          refused(new TopicPartition(record.topic(), record.partition()), record.offset(), why);
          setAside(record, why, 1);
        }
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException(sink.name() + " refuses records that it did not get", e);
    }
  }

  private void setAside(ConsumerRecord<String, byte[]> record, String cause, int tries) {
    try {
      var unused =
          access
              .publisher()
              .publish(
                  DeadLetters.of(
                      sink.name(), ProducerRecords.in(record), cause, tries, clock.instant()))
              .join();
    } catch (CompletionException e) {
      throw new OutageException("a dead letter could not be written", e);
    }
  }

  @Override
  protected void brokenOff() {
    // nothing is in hand
  }

  @Override
  protected void ended() {
    // nothing is in hand
  }
}
