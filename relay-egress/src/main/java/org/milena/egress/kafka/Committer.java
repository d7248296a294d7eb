package org.milena.egress.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.kafka.DeadLetters;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.egress.dsn.FailureNotice;
import org.milena.egress.job.Pending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is pending, with the offsets, in one transaction. What could not be written stays
 * pending and goes into the next one, together with the offsets that depend on it.
 */
final class Committer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Committer.class);
  private static final String STAGE = "egress";
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final KafkaAccess access;
  private final FailureMail failureMail;
  private final InstantSource clock;
  private final Timer commits;
  private final Counter failures;
  private @Nullable KafkaProducer<String, byte[]> producer;

  /** How often a commit is asked for again whose end is not known: each waits for 15 seconds. */
  private static final int ASKS = 8;

  Committer(
      KafkaAccess access, FailureMail failureMail, InstantSource clock, MeterRegistry meters) {
    this.access = access;
    this.failureMail = failureMail;
    this.clock = clock;
    this.commits =
        Timer.builder("milena.egress.commits")
            .description("Transactions that keep results")
            .register(meters);
    this.failures =
        Counter.builder("milena.egress.commits.failed")
            .description("Transactions that were undone, and whose results wait for the next")
            .register(meters);
  }

  /**
   * Commits the shares of some partitions.
   *
   * @return whether they are on the log now
   */
  boolean commit(Collection<Share> shares, ConsumerGroupMetadata group) {
    long began = System.nanoTime();
    try {
      List<FailureNotice> notices = failureMail.prepare(shares);
      KafkaProducer<String, byte[]> open = open();
      open.beginTransaction();
      Map<Share, List<Future<RecordMetadata>>> sent = write(open, shares, group);
      failureMail.post(open, notices, clock.instant());
      finish(open);
      sent.forEach((share, results) -> share.committed(end(results)));
      commits.record(Duration.ofNanos(System.nanoTime() - began));
      return true;
    } catch (KafkaException | OutageException | IllegalStateException e) {
      failures.increment();
      log.warn("results wait for the next transaction: {}", e.toString());
      abort();
      return false;
    }
  }

  private Map<Share, List<Future<RecordMetadata>>> write(
      KafkaProducer<String, byte[]> open, Collection<Share> shares, ConsumerGroupMetadata group) {
    Instant now = clock.instant();
    Map<Share, List<Future<RecordMetadata>>> sent = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (Share share : shares) {
      sent.put(share, write(open, share, now));
      offsets.put(share.partition(), share.offset());
    }
    open.sendOffsetsToTransaction(offsets, group);
    return sent;
  }

  private List<Future<RecordMetadata>> write(
      KafkaProducer<String, byte[]> open, Share share, Instant now) {
    Pending pending = share.holding().pending();
    int partition = share.partition().partition();
    List<Future<RecordMetadata>> results = new ArrayList<>();
    for (DeliveryResult result : pending.results(now)) {
      results.add(
          open.send(
              record(
                  MailRecords.json(
                          Topics.DELIVERY_RESULTS,
                          result.delivery().toString(),
                          RecordType.DELIVERY_RESULT,
                          result)
                      .withHeader(
                          RecordHeaders.TRACEPARENT, MailRecords.traceparent(result.mailId()))
                      .inPartition(partition))));
    }
    List<Future<RecordMetadata>> others = new ArrayList<>();
    pending
        .rows()
        .forEach((key, row) ->
            others.add(
                open.send(
                    record(
                        row.map(present ->
                                MailRecords.json(
                                    Topics.DEFERRED, key, RecordType.DEFERRAL, present))
                            .orElseGet(() -> OutRecord.tombstone(Topics.DEFERRED, key))
                            .inPartition(partition)))));
    pending
        .setAside()
        .forEach((id, aside) -> others.add(open.send(record(deadLetter(id, aside, now)))));
    pending
        .unreadable()
        .forEach(
            (in, cause) -> others.add(open.send(record(DeadLetters.of(STAGE, in, cause, 1, now)))));
    log.trace("{}: {} results, {} other records", share.partition(), results.size(), others.size());
    return results;
  }

  /**
   * The duty of those who were set aside, as a delivery of its own: to replay it sends to nobody
   * who was served.
   */
  private static OutRecord deadLetter(DeliveryId id, Pending.SetAside aside, Instant now) {
    InRecord origin =
        new InRecord(
            new RecordPosition(Topics.DELIVERIES, id.partition(), id.offset()),
            aside.delivery().destination(),
            MailJson.bytes(aside.delivery().only(aside.recipients())),
            Map.of(
                RecordHeaders.TYPE, RecordType.DELIVERY.label().getBytes(StandardCharsets.UTF_8)),
            now);
    return DeadLetters.of(STAGE, origin, aside.cause(), 1, now);
  }

  static ProducerRecord<String, byte[]> record(OutRecord record) {
    ProducerRecord<String, byte[]> made =
        new ProducerRecord<>(
            record.topic(),
            record.partition().isPresent() ? Integer.valueOf(record.partition().getAsInt()) : null,
            record.key().orElse(null),
            record.value());
    record.headers().forEach((name, bytes) -> made.headers().add(new RecordHeader(name, bytes)));
    return made;
  }

  /**
   * Commits. When the broker does not answer, nobody knows whether it did: then it is asked again,
   * because to write the same in another transaction could write it twice.
   */
  private static void finish(KafkaProducer<String, byte[]> open) {
    for (int asked = 1; ; asked++) {
      try {
        open.commitTransaction();
        return;
      } catch (TimeoutException e) {
        if (asked == ASKS) {
          throw e;
        }
        log.warn("Kafka does not say whether results are kept: {}", e.getMessage());
      }
    }
  }

  /** Behind the last of these records; -1 when there is none. */
  private static long end(List<Future<RecordMetadata>> sent) {
    long end = -1;
    for (Future<RecordMetadata> future : sent) {
      try {
        end = Math.max(end, future.get().offset() + 1);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a committed record has no place", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
    }
    return end;
  }

  /**
   * Makes sure that results can be kept before anything is sent.
   *
   * @throws KafkaException when that cannot be
   */
  void prepare() {
    log.debug("transactions of {} are ready", open());
  }

  private KafkaProducer<String, byte[]> open() {
    KafkaProducer<String, byte[]> open = producer;
    if (open == null) {
      open = access.transactionalProducer(STAGE);
      try {
        open.initTransactions();
      } catch (KafkaException e) {
        open.close(Duration.ZERO);
        throw e;
      }
      producer = open;
    }
    return open;
  }

  /** Undoes what was begun; a producer that cannot even do that is replaced. */
  private void abort() {
    KafkaProducer<String, byte[]> open = producer;
    if (open == null) {
      return;
    }
    try {
      open.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      log.warn("a new producer takes the place of one that failed: {}", e.toString());
      producer = null;
      open.close(Duration.ZERO);
    }
  }

  @Override
  public void close() {
    KafkaProducer<String, byte[]> open = producer;
    producer = null;
    if (open != null) {
      open.close(CLOSE);
    }
  }
}
