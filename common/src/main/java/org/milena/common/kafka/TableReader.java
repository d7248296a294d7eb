package org.milena.common.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.milena.common.event.RecordPosition;
import org.milena.common.table.StaleViewException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread and one consumer that feed all tables of this process. A record that cannot be read is
 * counted, logged and stepped over, so that nobody waits for it in vain; a failure of the consumer
 * makes a new one that goes on where the old one stood.
 */
final class TableReader {
  private static final Logger log = LoggerFactory.getLogger(TableReader.class);
  private static final Duration POLL = Duration.ofMillis(250);

  private static final long RESTART_PAUSE_MS = 500;

  /** How often the reader compares itself with the end of the log when it is idle. */
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

  /** A view that was at the end this long ago, or less, is fresh. */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Clients clients;
  private final Admin admin;
  private final MeterRegistry meters;
  private final Map<String, KafkaTable<?>> tables = new LinkedHashMap<>();
  private final Map<TopicPartition, Long> applied = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
  private final AtomicLong unreadable = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile long atEndNanos;
  private volatile boolean wasAtEnd;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;
  private volatile boolean started;
  private Thread thread = new Thread();
  private volatile @org.jspecify.annotations.Nullable KafkaConsumer<String, byte[]> current;

  TableReader(Clients clients, Admin admin, MeterRegistry meters) {
    this.clients = clients;
    this.admin = admin;
    this.meters = meters;
  }

  /** Adds a table; before the start only. */
  synchronized void add(KafkaTable<?> table) {
    if (started) {
      throw new IllegalStateException("tables are added before the reader starts");
    }
    if (tables.put(table.topic(), table) != null) {
      throw new IllegalStateException("two tables on topic " + table.topic());
    }
  }

  /** Whether a table follows this topic already. */
  synchronized boolean has(String topic) {
    return tables.containsKey(topic);
  }

  /** Begins to read; returns at once. */
  synchronized void start() {
    if (started || tables.isEmpty()) {
      return;
    }
    started = true;
    Gauge.builder("milena.table.unreadable", unreadable, AtomicLong::get)
        .description("Rows that could not be read and were stepped over")
        .register(meters);
    for (KafkaTable<?> table : tables.values()) {
      Gauge.builder("milena.table.rows", table, KafkaTable::size)
          .tag("topic", table.topic())
          .description("Rows in this instance's view")
          .register(meters);
      Gauge.builder("milena.table.behind", () -> behind(table.topic()))
          .tag("topic", table.topic())
          .description("Offsets between this instance's view and the end of the log")
          .register(meters);
    }
    thread = Thread.ofPlatform().name("table-reader").daemon().unstarted(this::run);
    running = true;
    thread.start();
  }

  /** Stops reading. */
  void stop() {
    running = false;
    stopped.countDown();
    KafkaConsumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      if (!thread.join(Duration.ofSeconds(10))) {
        log.warn("the table reader does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalThreadStateException e) {
      log.debug("the table reader was never started", e);
    }
  }

  boolean isFresh() {
    return wasAtEnd && System.nanoTime() - atEndNanos < FRESH_NANOS;
  }

  void awaitPassed(RecordPosition position, Duration atMost) {
    await(
        Map.of(new TopicPartition(position.topic(), position.partition()), position.offset() + 1),
        atMost);
  }

  void awaitCurrent(String topic, Duration atMost) {
    await(endsOf(partitionsOf(topic)), atMost);
  }

  /** Waits until all tables hold what is committed now. */
  void awaitAllCurrent(Duration atMost) {
    List<TopicPartition> all = new ArrayList<>();
    List<String> topics;
    synchronized (this) {
      topics = List.copyOf(tables.keySet());
    }
    topics.forEach(topic -> all.addAll(partitionsOf(topic)));
    await(endsOf(all), atMost);
  }

  private void await(Map<TopicPartition, Long> targets, Duration atMost) {
    long left = atMost.toNanos();
    lock.lock();
    try {
      for (var target : targets.entrySet()) {
        while (applied.getOrDefault(target.getKey(), 0L) < target.getValue()) {
          if (left <= 0) {
            throw new StaleViewException(
                "the view of %s is at %d and not at %d after %s"
                    .formatted(
                        target.getKey(),
                        applied.getOrDefault(target.getKey(), 0L),
                        target.getValue(),
                        atMost));
          }
          left = moved.awaitNanos(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StaleViewException("interrupted while waiting for a view");
    } finally {
      lock.unlock();
    }
  }

  private List<TopicPartition> partitionsOf(String topic) {
    return TopicKeeper.await(
            admin.describeTopics(List.of(topic)).allTopicNames(), "describing " + topic)
        .values()
        .stream()
        .flatMap(description -> description.partitions().stream())
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /**
   * Where the logs end, what is not yet committed included: a former owner's commit counts although
   * its marker may still be on the way. The view passes this once every transaction open now has
   * ended.
   */
  private Map<TopicPartition, Long> endsOf(List<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> found = new HashMap<>();
    TopicKeeper.await(admin.listOffsets(latest).all(), "asking for the end of tables")
        .forEach((partition, info) -> found.put(partition, info.offset()));
    return found;
  }

  private void run() {
    while (running) {
      try (KafkaConsumer<String, byte[]> consumer = clients.assigningConsumer("tables", Map.of())) {
        current = consumer;
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : tables.keySet()) {
          consumer
              .partitionsFor(topic)
              .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
          Long position = applied.get(partition);
          if (position == null) {
            consumer.seekToBeginning(List.of(partition));
          } else {
            consumer.seek(partition, position);
          }
        }
        follow(consumer, partitions);
      } catch (WakeupException e) {
        log.debug("the table reader was woken up", e);
      } catch (KafkaException e) {
        log.warn("the table reader begins again: {}", e.toString());
        pauseBeforeNext();
      } catch (RuntimeException e) {
        log.error("the table reader begins again after a defect of its own", e);
        pauseBeforeNext();
      } finally {
        current = null;
      }
    }
  }

  private void pauseBeforeNext() {
    try {
      boolean ended = stopped.await(RESTART_PAUSE_MS, TimeUnit.MILLISECONDS);
      log.debug("the table reader goes on, stopped: {}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  /** Why it reads no more; empty while it goes on, or was told to stop. */
  Optional<String> end() {
    return running && !thread.isAlive()
        ? Optional.of("the reader of the tables has died")
        : Optional.empty();
  }

  private void follow(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
    long asked = System.nanoTime() - CHECK_NANOS;
    Map<TopicPartition, Long> goal = Map.of();
    while (running) {
      try {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          apply(record);
        }
        for (TopicPartition partition : partitions) {
          applied.put(partition, consumer.position(partition));
        }
      } catch (OffsetOutOfRangeException e) {
        log.warn("the log begins later than the view stood, reading it again: {}", e.getMessage());
        consumer.seekToBeginning(e.partitions());
      }
      signal();
      if (goal.isEmpty() && System.nanoTime() - asked >= CHECK_NANOS) {
        asked = System.nanoTime();
        goal = consumer.endOffsets(partitions, Duration.ofSeconds(3));
        ends.putAll(goal);
      }
      // where the end was when we asked: writes that came since do not make the view stale
      if (!goal.isEmpty() && isPassed(goal)) {
        atEndNanos = asked;
        wasAtEnd = true;
        goal = Map.of();
      }
    }
  }

  private boolean isPassed(Map<TopicPartition, Long> goal) {
    return goal.entrySet().stream()
        .allMatch(end -> applied.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private void apply(ConsumerRecord<String, byte[]> record) {
    KafkaTable<?> table = tables.get(record.topic());
    if (table == null) {
      return;
    }
    try {
      table.apply(record);
    } catch (RuntimeException e) {
      unreadable.incrementAndGet();
      log.error(
          "stepped over an unreadable row at {}/{}/{}",
          record.topic(),
          record.partition(),
          record.offset(),
          e);
    }
  }

  private void signal() {
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long behind(String topic) {
    long sum = 0;
    for (var end : ends.entrySet()) {
      if (end.getKey().topic().equals(topic)) {
        sum += Math.max(0, end.getValue() - applied.getOrDefault(end.getKey(), 0L));
      }
    }
    return sum;
  }
}
