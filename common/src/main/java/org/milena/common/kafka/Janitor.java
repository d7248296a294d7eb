package org.milena.common.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnfitException;
import org.milena.common.stage.InRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Trims a work topic, since time alone never does. If the janitor is away, disk grows and nothing
 * is lost; several of them for one topic do no harm.
 */
final class Janitor implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Janitor.class);
  private static final Duration EVERY = Duration.ofMinutes(10);

  /** Content is written at most a transaction's time before what points at it; this is far more. */
  private static final Duration POINTER_MARGIN = Duration.ofHours(1);

  private final Admin admin;
  private final TrimRule rule;
  private final ToIntFunction<String> partitions;
  private final KafkaMailReader reader;
  private final InstantSource clock;
  private volatile CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean running;
  private Thread thread = new Thread();

  Janitor(
      Admin admin,
      TrimRule rule,
      ToIntFunction<String> partitions,
      KafkaMailReader reader,
      InstantSource clock) {
    this.admin = admin;
    this.rule = rule;
    this.partitions = partitions;
    this.reader = reader;
    this.clock = clock;
  }

  /** One round; says how many records went, by partition. */
  Map<Integer, Long> trim() {
    Map<TopicPartition, Long> floors = floors();
    Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(floors, OffsetSpec.earliest());
    Map<TopicPartition, RecordsToDelete> todo = new HashMap<>();
    Map<Integer, Long> trimmed = new HashMap<>();
    floors.forEach((partition, floor) -> {
      ListOffsetsResultInfo start = starts.get(partition);
      if (start != null && floor > start.offset()) {
        todo.put(partition, RecordsToDelete.beforeOffset(floor));
        trimmed.put(partition.partition(), floor - start.offset());
      }
    });
    if (!todo.isEmpty()) {
      var unused = TopicKeeper.await(admin.deleteRecords(todo).all(), "trimming " + rule.topic());
      log.info("trimmed {}: {}", rule.topic(), trimmed);
    }
    return trimmed;
  }

  /** What lies below may go. */
  private Map<TopicPartition, Long> floors() {
    Instant youngest = clock.instant().minus(rule.age());
    for (TrimRule.Reader pointing : rule.pointedAtBy()) {
      Optional<Instant> oldest = oldestUnread(pointing).map(at -> at.minus(POINTER_MARGIN));
      if (oldest.isPresent() && oldest.get().isBefore(youngest)) {
        youngest = oldest.get();
      }
    }
    Map<TopicPartition, Long> all = new HashMap<>();
    for (int number = 0; number < partitions.applyAsInt(rule.topic()); number++) {
      all.put(new TopicPartition(rule.topic(), number), 0L);
    }
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(all, OffsetSpec.latest());
    Map<TopicPartition, ListOffsetsResultInfo> young =
        offsets(all, OffsetSpec.forTimestamp(youngest.toEpochMilli()));
    for (TopicPartition partition : Map.copyOf(all).keySet()) {
      ListOffsetsResultInfo end = ends.get(partition);
      ListOffsetsResultInfo first = young.get(partition);
      if (end == null || first == null) {
        continue; // nothing known, nothing trimmed
      }
      // -1: every record is older
      long floor = first.offset() < 0 ? end.offset() : first.offset();
      OptionalLong live = rule.lowestLive().apply(partition.partition());
      if (live.isPresent()) {
        floor = Math.min(floor, live.getAsLong());
      }
      for (String group : rule.readers()) {
        OffsetAndMetadata at = committed(group).get(partition);
        floor = Math.min(floor, at == null ? 0 : at.offset());
      }
      all.put(partition, floor);
    }
    return all;
  }

  /** When the oldest record was written that a group has not passed. */
  private Optional<Instant> oldestUnread(TrimRule.Reader pointing) {
    Optional<Instant> oldest = Optional.empty();
    for (var at : committed(pointing.group()).entrySet()) {
      if (!at.getKey().topic().equals(pointing.topic())) {
        continue;
      }
      Optional<Instant> unread =
          reader
              .findFrom(
                  new RecordPosition(
                      pointing.topic(), at.getKey().partition(), at.getValue().offset()))
              .map(InRecord::timestamp);
      if (unread.isPresent() && (oldest.isEmpty() || unread.get().isBefore(oldest.get()))) {
        oldest = unread;
      }
    }
    return oldest;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
    return TopicKeeper.await(
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
        "asking for the offsets of group " + group);
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Map<TopicPartition, Long> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> question = new HashMap<>();
    partitions.keySet().forEach(partition -> question.put(partition, spec));
    return TopicKeeper.await(
        admin.listOffsets(question).all(), "asking for offsets of " + rule.topic());
  }

  @Override
  public void start() {
    stop = new CountDownLatch(1);
    running = true;
    thread = Thread.ofVirtual().name("janitor-" + rule.topic()).start(this::run);
  }

  private void run() {
    try {
      while (!stop.await(EVERY.toSeconds(), TimeUnit.SECONDS)) {
        try {
          var unused = trim();
        } catch (OutageException | UnfitException e) {
          log.warn("the janitor of {} comes again later: {}", rule.topic(), e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
    stop.countDown();
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        log.warn("the janitor of {} does not stop", rule.topic());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** With the stages. */
  @Override
  public int getPhase() {
    return 110;
  }
}
