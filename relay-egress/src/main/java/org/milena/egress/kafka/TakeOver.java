package org.milena.egress.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.event.Deferral;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.table.Table;
import org.milena.egress.job.CommitNote;
import org.milena.egress.job.PartitionLedger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be known before the first delivery of a partition is sent: who has a result already,
 * and who is deferred.
 *
 * <p>Read up to the end of the log as it is when the committed offset is known, not up to its last
 * stable offset: a predecessor's transaction may be committed, its marker on the offsets, and its
 * marker on the results still on its way.
 */
final class TakeOver {
  private static final Logger log = LoggerFactory.getLogger(TakeOver.class);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STABLE = Duration.ofMillis(500);

  private final KafkaAccess access;
  private final Table<Deferral> deferred;

  TakeOver(KafkaAccess access, Table<Deferral> deferred) {
    this.access = access;
    this.deferred = deferred;
  }

  /** The account of a partition and the offset it begins at. */
  record Begun(PartitionLedger ledger, long committed) {}

  /** What is to be read of one partition. */
  private static final class Job {
    final long committed;
    final long end;
    final Map<Long, Set<String>> found = new HashMap<>();
    long start;

    Job(long committed, long start, long end) {
      this.committed = committed;
      this.start = start;
      this.end = end;
    }
  }

  /**
   * The account of each partition, at its committed offset.
   *
   * @throws OutageException when it cannot be read in time
   */
  Map<TopicPartition, Begun> begin(String group, Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(group, partitions);
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
    for (TopicPartition partition : partitions) {
      ends.put(on(Topics.DELIVERY_RESULTS, partition), OffsetSpec.latest());
      ends.put(on(Topics.DEFERRED, partition), OffsetSpec.latest());
      starts.put(on(Topics.DELIVERY_RESULTS, partition), OffsetSpec.earliest());
    }
    Map<TopicPartition, Long> endsFound = offsets(ends);
    Map<TopicPartition, Long> startsFound = offsets(starts);
    Map<TopicPartition, Job> jobs = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        throw new OutageException("no committed offset of " + partition);
      }
      TopicPartition results = on(Topics.DELIVERY_RESULTS, partition);
      OptionalLong noted = CommitNote.read(offset.metadata());
      long first = startsFound.getOrDefault(results, 0L);
      long end = endsFound.getOrDefault(results, 0L);
      long start = Math.min(end, Math.max(first, noted.orElse(first)));
      jobs.put(results, new Job(offset.offset(), start, end));
    }
    readBack(jobs);
    Map<TopicPartition, Begun> begun = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long rows = endsFound.getOrDefault(on(Topics.DEFERRED, partition), 0L);
      if (rows > 0) {
        deferred.awaitPassed(
            new RecordPosition(Topics.DEFERRED, partition.partition(), rows - 1), LIMIT);
      }
      Job job = java.util.Objects.requireNonNull(jobs.get(on(Topics.DELIVERY_RESULTS, partition)));
      PartitionLedger ledger = new PartitionLedger(job.start, job.end, job.found);
      begun.put(partition, new Begun(ledger, job.committed));
    }
    return begun;
  }

  /**
   * What to commit where the log of deliveries has lost its end. A new delivery gets the id of a
   * lost one: results that are there already are of the lost ones, and must not count for it.
   *
   * @param offsets where the new part of each log begins
   */
  Map<TopicPartition, OffsetAndMetadata> behindTheLoss(Map<TopicPartition, Long> offsets) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    offsets
        .keySet()
        .forEach(
            partition -> ends.put(on(Topics.DELIVERY_RESULTS, partition), OffsetSpec.latest()));
    Map<TopicPartition, Long> found = offsets(ends);
    Map<TopicPartition, OffsetAndMetadata> notes = new HashMap<>();
    offsets.forEach((partition, offset) -> {
      long end = found.getOrDefault(on(Topics.DELIVERY_RESULTS, partition), 0L);
      notes.put(partition, new OffsetAndMetadata(offset, CommitNote.write(end)));
    });
    return notes;
  }

  /**
   * The offsets after every transaction of a predecessor has come to its end.
   *
   * <p>Not asked of the group's consumer: beside a fetch of its own, and while the group changes,
   * it goes round in circles (KAFKA-20765, seen with 4.2.1).
   */
  private Map<TopicPartition, OffsetAndMetadata> committed(
      String group, Collection<TopicPartition> partitions) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Map<TopicPartition, OffsetAndMetadata> found =
          answer(
              access
                  .admin()
                  .listConsumerGroupOffsets(
                      Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
                      new ListConsumerGroupOffsetsOptions().requireStable(true))
                  .partitionsToOffsetAndMetadata(group),
              "the offsets of group " + group);
      // one whose transaction is still open is left out
      if (partitions.stream().allMatch(partition -> found.get(partition) != null)) {
        return found;
      }
      LockSupport.parkNanos(STABLE.toNanos());
    }
    throw new OutageException("the committed offsets of " + partitions + " do not become stable");
  }

  private static <T> T answer(KafkaFuture<T> asked, String what) {
    try {
      return asked.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new OutageException("Kafka does not tell " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while asking for " + what, e);
    }
  }

  private static TopicPartition on(String topic, TopicPartition partition) {
    return new TopicPartition(topic, partition.partition());
  }

  private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> wanted) {
    Map<TopicPartition, Long> found = new HashMap<>();
    answer(
            access
                .admin()
                .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all(),
            "where logs end")
        .forEach((partition, info) -> found.put(partition, info.offset()));
    return found;
  }

  private void readBack(Map<TopicPartition, Job> all) {
    Map<TopicPartition, Job> jobs = new HashMap<>(all);
    jobs.values().removeIf(job -> job.start >= job.end);
    if (jobs.isEmpty()) {
      return;
    }
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (KafkaConsumer<String, byte[]> reader =
        access.assigningConsumer(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50))) {
      reader.assign(jobs.keySet());
      jobs.forEach((partition, job) -> reader.seek(partition, job.start));
      List<TopicPartition> open = new ArrayList<>(jobs.keySet());
      while (!open.isEmpty()) {
        if (System.nanoTime() - deadline > 0) {
          throw new OutageException("results could not be read back in time: " + open);
        }
        for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
          Job job = jobs.get(new TopicPartition(record.topic(), record.partition()));
          if (job != null) {
            note(record, job);
          }
        }
        open.removeIf(partition -> {
          Job job = jobs.get(partition);
          return job == null || reader.position(partition, LIMIT) >= job.end;
        });
      }
    }
    jobs.forEach((partition, job) ->
        log.info(
            "read back results {} to {} of {}: {} deliveries in hand have some",
            job.start,
            job.end,
            partition,
            job.found.size()));
  }

  private static void note(ConsumerRecord<String, byte[]> record, Job job) {
    try {
      DeliveryResult result = MailJson.read(record.value(), DeliveryResult.class);
      if (result.delivery().offset() >= job.committed) {
        Set<String> recipients =
            job.found.computeIfAbsent(result.delivery().offset(), _ -> new HashSet<>());
        result.recipients().forEach(one -> recipients.add(one.address().key()));
      }
    } catch (UnreadableRecordException e) {
      log.error(
          "stepped over an unreadable result at {}/{}/{}",
          record.topic(),
          record.partition(),
          record.offset(),
          e);
    }
  }
}
