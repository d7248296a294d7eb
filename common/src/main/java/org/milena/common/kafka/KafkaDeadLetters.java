package org.milena.common.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.event.DeadLetterMeta;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.operations.DeadLetter;
import org.milena.common.operations.DeadLetterBox;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.table.Table;

/**
 * Reads the dead letters from their topic when asked: they are few, or something is badly wrong.
 * What was replayed is noted in the site's table.
 */
final class KafkaDeadLetters implements DeadLetterBox {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final KafkaAccess access;
  private final Table<SiteFact> site;
  private final InstantSource clock;

  KafkaDeadLetters(KafkaAccess access, Table<SiteFact> site, InstantSource clock) {
    this.access = access;
    this.site = site;
    this.clock = clock;
  }

  @Override
  public List<DeadLetter> list(String after, int limit) {
    List<DeadLetter> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = access.assigningConsumer(Map.of())) {
      TopicPartition letters = new TopicPartition(Topics.DEAD_LETTERS, 0);
      consumer.assign(List.of(letters));
      long end = consumer.endOffsets(List.of(letters), ANSWER_LIMIT).getOrDefault(letters, 0L);
      long start =
          consumer.beginningOffsets(List.of(letters), ANSWER_LIMIT).getOrDefault(letters, 0L);
      consumer.seek(letters, after.isEmpty() ? start : Math.max(start, offset(after) + 1));
      long deadline = System.nanoTime() + ANSWER_LIMIT.toNanos();
      while (consumer.position(letters, ANSWER_LIMIT) < end && found.size() < limit) {
        if (System.nanoTime() - deadline > 0) {
          throw new OutageException("Kafka does not answer for the dead letters");
        }
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (found.size() < limit) {
            letter(ProducerRecords.in(record)).ifPresent(found::add);
          }
        }
      }
      return found;
    } catch (KafkaException e) {
      throw new OutageException("Kafka does not answer for the dead letters", e);
    }
  }

  @Override
  public Optional<DeadLetter> replay(String id, String by) {
    Optional<InRecord> record =
        find(id).filter(found -> found.header(RecordHeaders.DEAD_LETTER).isPresent());
    if (record.isEmpty()) {
      return Optional.empty();
    }
    DeadLetter letter = letter(record.get()).orElseThrow();
    if (letter.replayedAt() != null) {
      throw new IllegalStateException(
          "letter %s was replayed at %s before".formatted(id, letter.replayedAt()));
    }
    Instant now = clock.instant();
    site.put(noteKey(id), new SiteFact(now + " " + by));
    OutRecord again =
        OutRecord.of(
                letter.meta().origin().topic(),
                record.get().key().orElse(null),
                record.get().value())
            .inPartition(letter.meta().origin().partition());
    for (var header : record.get().headers().entrySet()) {
      if (!header.getKey().equals(RecordHeaders.DEAD_LETTER)) {
        again = again.withHeader(header.getKey(), header.getValue());
      }
    }
    try {
      RecordPosition written = access.publisher().publish(again).join();
      return Optional.of(
          new DeadLetter(written.toString(), letter.meta(), letter.key(), letter.size(), now));
    } catch (CompletionException e) {
      site.delete(noteKey(id));
      throw new OutageException("letter " + id + " could not be replayed", e);
    }
  }

  private Optional<InRecord> find(String id) {
    long offset = offset(id);
    return offset < 0
        ? Optional.empty()
        : access.mailReaderEdge().find(new RecordPosition(Topics.DEAD_LETTERS, 0, offset));
  }

  private Optional<DeadLetter> letter(InRecord record) {
    String id = Long.toString(record.position().offset());
    return record
        .header(RecordHeaders.DEAD_LETTER)
        .map(json -> MailJson.read(json, DeadLetterMeta.class))
        .map(meta ->
            new DeadLetter(
                id,
                meta,
                record.key().orElse(null),
                record.value().length,
                site.get(noteKey(id))
                    .map(note -> Instant.parse(note.value().split(" ", 2)[0]))
                    .orElse(null)));
  }

  private static String noteKey(String id) {
    return "replayed/" + id;
  }

  /** The offset an id names, or -1. */
  private static long offset(String id) {
    return id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
  }
}
