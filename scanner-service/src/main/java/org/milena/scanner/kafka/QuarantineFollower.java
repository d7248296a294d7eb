package org.milena.scanner.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.InRecord;
import org.milena.common.table.StaleViewException;
import org.milena.scanner.quarantine.QuarantineIndex;
import org.milena.scanner.quarantine.QuarantineLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** One thread and one consumer that feed the index from the whole log, from its beginning. */
public final class QuarantineFollower implements QuarantineLog, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(QuarantineFollower.class);

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final long TRIM_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final KafkaAccess kafka;
  private final QuarantineIndex index;
  private final List<TopicPartition> partitions = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Map<Integer, Long> positions = new HashMap<>();
  private boolean complete;

  private volatile boolean running;
  private volatile @Nullable KafkaConsumer<String, byte[]> current;
  private CountDownLatch stopped = new CountDownLatch(0);
  private Thread thread = new Thread();

  /** Feeds this index, once started. */
  public QuarantineFollower(KafkaAccess kafka, QuarantineIndex index) {
    this.kafka = kafka;
    this.index = index;
    for (int i = 0; i < kafka.partitions(Topics.QUARANTINE); i++) {
      partitions.add(new TopicPartition(Topics.QUARANTINE, i));
    }
  }

  @Override
  public void start() {
    stopped = new CountDownLatch(1);
    thread = Thread.ofPlatform().name("quarantine-follower").daemon().unstarted(this::run);
    running = true;
    thread.start();
    kafka.oversee("quarantine-follower", this::end);
  }

  private Optional<String> end() {
    return running && !thread.isAlive()
        ? Optional.of("the follower of the quarantine has died")
        : Optional.empty();
  }

  @Override
  public void stop() {
    running = false;
    stopped.countDown();
    KafkaConsumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      if (!thread.join(STOP_LIMIT)) {
        log.warn("the follower of the quarantine does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the access, before the stages. */
  @Override
  public int getPhase() {
    return 1;
  }

  @Override
  public boolean isComplete() {
    lock.lock();
    try {
      return complete;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void awaitPassed(RecordPosition position, Duration atMost) {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (positions.getOrDefault(position.partition(), 0L) <= position.offset()) {
        if (left <= 0) {
          throw new StaleViewException(
              "the view of the quarantine has not passed " + position + " after " + atMost);
        }
        left = moved.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StaleViewException("interrupted while waiting for the quarantine");
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (running) {
      try (KafkaConsumer<String, byte[]> consumer = kafka.assigningConsumer(Map.of())) {
        current = consumer;
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
          seek(consumer, partition);
        }
        follow(consumer);
      } catch (WakeupException e) {
        log.debug("woken up", e);
      } catch (KafkaException e) {
        log.warn("the follower of the quarantine begins again: {}", e.toString());
        pause();
      } catch (RuntimeException e) {
        log.error("the follower of the quarantine begins again after a defect of its own", e);
        pause();
      } finally {
        current = null;
      }
    }
  }

  private void seek(KafkaConsumer<String, byte[]> consumer, TopicPartition partition) {
    lock.lock();
    try {
      Long position = positions.get(partition.partition());
      if (position == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, position);
      }
    } finally {
      lock.unlock();
    }
  }

  private void pause() {
    try {
      var unused = stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  private void follow(KafkaConsumer<String, byte[]> consumer) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_LIMIT);
    long trimmed = System.nanoTime() - TRIM_NANOS;
    while (running) {
      try {
        consumer.poll(POLL).forEach(this::apply);
        moved(consumer, ends);
      } catch (OffsetOutOfRangeException e) {
        log.info("the quarantine's log begins later than the view stood: {}", e.getMessage());
        consumer.seekToBeginning(e.partitions());
      }
      if (System.nanoTime() - trimmed >= TRIM_NANOS) {
        trimmed = System.nanoTime();
        consumer
            .beginningOffsets(partitions, ANSWER_LIMIT)
            .forEach((partition, first) -> index.trimmed(partition.partition(), first));
      }
    }
  }

  private void apply(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), header.value());
      }
    }
    try {
      index.apply(
          new InRecord(
              new RecordPosition(record.topic(), record.partition(), record.offset()),
              record.key(),
              record.value(),
              headers,
              Instant.ofEpochMilli(record.timestamp())));
    } catch (RuntimeException e) {
      // the stage that reads the same log sets it aside as a dead letter; here nobody must wait
      log.error(
          "stepped over a record at {}/{}/{}",
          record.topic(),
          record.partition(),
          record.offset(),
          e);
    }
  }

  private void moved(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    lock.lock();
    try {
      boolean atEnd = true;
      for (TopicPartition partition : partitions) {
        long position = consumer.position(partition, ANSWER_LIMIT);
        positions.put(partition.partition(), position);
        atEnd &= position >= ends.getOrDefault(partition, 0L);
      }
      complete |= atEnd;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
