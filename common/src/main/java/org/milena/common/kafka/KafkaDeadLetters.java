package org.milena.common.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.DeadLetterMeta;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.operations.DeadLetter;
import org.milena.common.operations.DeadLetterBox;
import org.milena.common.operations.ReplayOutcome;
import org.milena.common.stage.InRecord;
import org.milena.common.table.Table;

/**
 * Reads the dead letters from their topic when asked: they are few, or something is badly wrong.
 * What was replayed is noted in the site's table.
 *
 * <p>Record and note are one transaction, so a crash leaves both or neither. Its producer has one
 * transactional id for the whole site: whoever begins ends what another instance, dead or alive,
 * has open, and looks for the note only then. So a letter is never replayed twice, and never lost.
 */
final class KafkaDeadLetters implements DeadLetterBox {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration VIEW_LIMIT = Duration.ofSeconds(20);

  /** Instead of an instance's name: all instances are one writer here. */
  private static final String ANY_INSTANCE = "site";

  private final KafkaAccess access;
  private final Table<SiteFact> site;
  private final InstantSource clock;

  KafkaDeadLetters(KafkaAccess access, Table<SiteFact> site, InstantSource clock) {
    this.access = access;
    this.site = site;
    this.clock = clock;
  }

  /** Who replayed a letter, and when. */
  private record Note(Instant at, String by) {
    static Note of(SiteFact fact) {
      String[] parts = fact.value().split(" ", 2);
      return new Note(Instant.parse(parts[0]), parts.length == 1 ? "" : parts[1]);
    }

    SiteFact fact() {
      return new SiteFact(at + " " + by);
    }

    ReplayOutcome outcome() {
      return new ReplayOutcome.AlreadyReplayed(at, by);
    }
  }

  @Override
  public List<DeadLetter> list(String after, int limit) {
    return read(after.isEmpty() ? 0 : offset(after) + 1, limit, this::letter);
  }

  @Override
  public List<DeadLetter> newest(int limit) {
    TopicPartition letters = new TopicPartition(Topics.DEAD_LETTERS, 0);
    long end =
        TopicKeeper.await(
                access
                    .admin()
                    .listOffsets(Map.of(letters, OffsetSpec.latest()))
                    .partitionResult(letters),
                "asking for the end of the dead letters")
            .offset();
    // markers and what was taken back lie between the letters: how many shows when they are read
    for (long back = 4L * limit; ; back *= 8) {
      List<DeadLetter> found = read(end - back, Integer.MAX_VALUE, this::letter);
      if (found.size() >= limit || back >= end) {
        return found.reversed().stream().limit(limit).toList();
      }
    }
  }

  @Override
  public synchronized ReplayOutcome replay(String id, String by) {
    long offset = offset(id);
    List<InRecord> found = offset < 0 ? List.of() : read(offset, 1, Function.identity());
    if (found.isEmpty() || found.getFirst().position().offset() != offset) {
      return new ReplayOutcome.Unknown();
    }
    Optional<Note> before = note(id);
    if (before.isPresent()) {
      return before.get().outcome();
    }
    KafkaProducer<String, byte[]> producer = writer(access.settings());
    try {
      producer.initTransactions();
      site.awaitCurrent(VIEW_LIMIT);
      before = note(id);
      return before.isPresent()
          ? before.get().outcome()
          : write(producer, id, found.getFirst(), by);
    } catch (RecordTooLargeException e) {
      throw new UnreadableRecordException(
          "dead letter " + id + " has become too large for where it came from", e);
    } catch (KafkaException e) {
      throw new OutageException(
          "dead letter %s could not be replayed; if it was, to try again says so".formatted(id), e);
    } finally {
      producer.close(ANSWER_LIMIT);
    }
  }

  /** The site's one writer of replays. */
  static KafkaProducer<String, byte[]> writer(KafkaSettings settings) {
    KafkaSettings shared =
        new KafkaSettings(
            settings.bootstrapServers(),
            ANY_INSTANCE,
            settings.replication(),
            settings.partitions(),
            settings.maxMailSize());
    return new Clients(shared).transactionalProducer("dead-letters");
  }

  private ReplayOutcome write(
      KafkaProducer<String, byte[]> producer, String id, InRecord record, String by) {
    Note note = new Note(clock.instant(), by);
    DeadLetter letter = letter(record, note.at());
    List<RecordPosition> written = new ArrayList<>();
    producer.beginTransaction();
    Transaction transaction = new Transaction(producer, access.records());
    transaction.put(site, noteKey(id), note.fact());
    transaction.send(DeadLetters.original(record, letter.meta()), written::add);
    transaction.finish();
    producer.commitTransaction();
    transaction
        .rowPositions()
        .forEach((table, positions) ->
            positions.forEach(position -> table.awaitPassed(position, VIEW_LIMIT)));
    return new ReplayOutcome.Replayed(letter, written.getFirst());
  }

  /** Up to {@code limit} letters from this offset on; what a stage took back is none. */
  private <T> List<T> read(long from, int limit, Function<InRecord, T> view) {
    List<T> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = access.assigningConsumer(Map.of())) {
      TopicPartition letters = new TopicPartition(Topics.DEAD_LETTERS, 0);
      consumer.assign(List.of(letters));
      long end = consumer.endOffsets(List.of(letters), ANSWER_LIMIT).getOrDefault(letters, 0L);
      long start =
          consumer.beginningOffsets(List.of(letters), ANSWER_LIMIT).getOrDefault(letters, 0L);
      consumer.seek(letters, Math.min(end, Math.max(start, from)));
      long deadline = System.nanoTime() + ANSWER_LIMIT.toNanos();
      while (consumer.position(letters, ANSWER_LIMIT) < end && found.size() < limit) {
        if (System.nanoTime() - deadline > 0) {
          throw new OutageException("Kafka does not answer for the dead letters");
        }
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          InRecord letter = ProducerRecords.in(record);
          if (found.size() < limit && letter.header(RecordHeaders.DEAD_LETTER).isPresent()) {
            found.add(view.apply(letter));
          }
        }
      }
      return found;
    } catch (KafkaException e) {
      throw new OutageException("Kafka does not answer for the dead letters", e);
    }
  }

  private DeadLetter letter(InRecord record) {
    return letter(record, note(id(record)).map(Note::at).orElse(null));
  }

  private static DeadLetter letter(InRecord record, @Nullable Instant replayedAt) {
    DeadLetterMeta meta =
        MailJson.read(record.header(RecordHeaders.DEAD_LETTER).orElseThrow(), DeadLetterMeta.class);
    return new DeadLetter(
        id(record), meta, record.key().orElse(null), record.value().length, replayedAt);
  }

  private Optional<Note> note(String id) {
    return site.get(noteKey(id)).map(Note::of);
  }

  private static String noteKey(String id) {
    return "replayed/" + id;
  }

  private static String id(InRecord record) {
    return Long.toString(record.position().offset());
  }

  /** The offset an id names, or -1. */
  private static long offset(String id) {
    return id.matches("0|[1-9]\\d{0,17}") ? Long.parseLong(id) : -1;
  }
}
