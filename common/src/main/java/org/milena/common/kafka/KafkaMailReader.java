package org.milena.common.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;

/**
 * Reads single records by their place. Uncommitted ones too: a pointer that can be seen proves the
 * commit of what it points at, and the last stable offset may lag behind it.
 */
final class KafkaMailReader implements MailReader, AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int IDLE_READERS = 4;

  private final Clients clients;
  private final BlockingQueue<KafkaConsumer<String, byte[]>> idle =
      new ArrayBlockingQueue<>(IDLE_READERS);

  KafkaMailReader(Clients clients) {
    this.clients = clients;
  }

  @Override
  public StoredMail read(MailPointer pointer) {
    InRecord record =
        find(pointer.position())
            .orElseThrow(() ->
                new DeadPointerException("nothing lies at " + pointer.position() + " any more"));
    String trace = MailRecords.traceparent(pointer.mailId());
    if (!record.header(RecordHeaders.TRACEPARENT).map(trace::equals).orElse(false)) {
      throw new DeadPointerException(
          "at %s lies another mail than %s".formatted(pointer.position(), pointer.mailId()));
    }
    RawMessage message = MailRecords.message(record);
    if (!message.sha256().equals(pointer.sha256())) {
      throw new DeadPointerException(
          "at %s lies a message with another digest".formatted(pointer.position()));
    }
    return new StoredMail(message, record);
  }

  /** The record at this place, if it is still there. */
  Optional<InRecord> find(RecordPosition position) {
    return findFrom(position).filter(record -> record.position().equals(position));
  }

  /** The first record at this place or behind it, if there is one. */
  Optional<InRecord> findFrom(RecordPosition position) {
    KafkaConsumer<String, byte[]> reader = borrow();
    boolean good = false;
    try {
      TopicPartition partition = new TopicPartition(position.topic(), position.partition());
      reader.assign(List.of(partition));
      reader.seek(partition, position.offset());
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (System.nanoTime() - deadline < 0) {
        ConsumerRecords<String, byte[]> records = reader.poll(Duration.ofMillis(200));
        for (ConsumerRecord<String, byte[]> record : records) {
          good = true;
          return Optional.of(ProducerRecords.in(record));
        }
        if (reader.endOffsets(List.of(partition), LIMIT).getOrDefault(partition, 0L)
            <= reader.position(partition, LIMIT)) {
          good = true;
          return Optional.empty();
        }
      }
      throw new OutageException("Kafka does not answer for " + position);
    } catch (OffsetOutOfRangeException e) {
      good = true;
      return Optional.empty();
    } catch (KafkaException e) {
      throw new OutageException("Kafka does not answer for " + position, e);
    } finally {
      giveBack(reader, good);
    }
  }

  private KafkaConsumer<String, byte[]> borrow() {
    KafkaConsumer<String, byte[]> reader = idle.poll();
    return reader != null
        ? reader
        : clients.assigningConsumer(
            "mail-reader",
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1,
                // a fetch brings at least the first batch, however large, and here no more
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20));
  }

  private void giveBack(KafkaConsumer<String, byte[]> reader, boolean good) {
    if (good) {
      reader.unsubscribe();
    }
    if (!good || !idle.offer(reader)) {
      reader.close();
    }
  }

  @Override
  public void close() {
    for (KafkaConsumer<String, byte[]> reader = idle.poll(); reader != null; reader = idle.poll()) {
      reader.close();
    }
  }
}
