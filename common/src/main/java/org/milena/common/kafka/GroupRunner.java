package org.milena.common.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.milena.common.failure.OutageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The loop around a group's consumer: assignment, waiting partitions, failures of the clients, idle
 * commits. What is done with a batch is the subclass's.
 *
 * <p>Any failure of the clients leads to the same place: the runner lets everything go and begins
 * again at the committed offsets. That is always right, since effects and offsets move together.
 */
abstract class GroupRunner implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(GroupRunner.class);

  /**
   * The consumer misses now and then that records have come, and sees them when the poll ends: one
   * mail in twenty waited up to half a second when that was the length of a poll.
   */
  private static final Duration POLL = Duration.ofMillis(100);

  private static final Duration SHORT_POLL = Duration.ofMillis(50);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final String group;
  private final String topic;
  private final KafkaAccess access;
  private final Tries tries = new Tries();
  private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
  private final Counter done;
  private final Counter defects;
  private final Counter restarts;
  private final AtomicLong standing = new AtomicLong();
  private volatile boolean running;
  private volatile boolean failed;
  private volatile String trouble = "";
  private CountDownLatch stop = new CountDownLatch(1);
  private Thread thread = new Thread();
  private volatile @org.jspecify.annotations.Nullable KafkaConsumer<String, byte[]> current;
  private final Set<TopicPartition> rewound = new HashSet<>();
  private int isolated;
  private boolean alone;
  private boolean freshlyAssigned;
  private final LastPart lastPart;

  /**
   * @param readAgain how much of each partition is read again when it is first assigned
   */
  GroupRunner(String group, String topic, Duration readAgain, KafkaAccess access) {
    this.group = group;
    this.topic = topic;
    this.access = access;
    this.lastPart = new LastPart(group, readAgain, access.admin());
    MeterRegistry meters = access.meters();
    done = counter(meters, "milena.stage.records", "Records a stage is done with");
    defects = counter(meters, "milena.stage.defects", "Tries that ended in a defect");
    restarts = counter(meters, "milena.stage.restarts", "Times a stage began again");
    Gauge.builder("milena.stage.standing", standing, AtomicLong::get)
        .tag("stage", group)
        .description("Partitions that wait for an outage to end")
        .register(meters);
  }

  private Counter counter(MeterRegistry meters, String name, String description) {
    return Counter.builder(name).tag("stage", group).description(description).register(meters);
  }

  /** Settings of the consumer that differ from the common ones. */
  protected abstract Map<String, Object> consumerOverrides();

  /** Called on the runner's thread before it joins its group. */
  protected abstract void begin();

  /** Partitions were assigned; called before their first record, on the runner's thread. */
  protected abstract void assigned(Collection<TopicPartition> partitions);

  /** Does a batch; an empty one while {@link #hasInHand() something is in hand}. */
  protected abstract void process(
      KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> batch);

  /** The clients failed; whatever is in hand is let go. */
  protected abstract void brokenOff();

  /** The runner ends. */
  protected abstract void ended();

  /** Whether records are in hand that were polled earlier and are not done with. */
  protected boolean hasInHand() {
    return false;
  }

  /** The offset of the first such record of this partition; with one, nothing more is fetched. */
  protected OptionalLong firstInHand(TopicPartition partition) {
    return OptionalLong.empty();
  }

  /** Whether so many are that nothing more is to be fetched at all. */
  protected boolean isFull() {
    return false;
  }

  /** Gives up what is in hand of a partition: it will be read again, here or elsewhere. */
  protected void letGo(TopicPartition partition) {}

  final Tries tries() {
    return tries;
  }

  final void countDone(int records) {
    done.increment(records);
    trouble = "";
  }

  final void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach((partition, offset) -> {
      committed.put(partition, offset.offset());
      tries.settled(partition, offset.offset());
    });
  }

  /** What is committed when a record is done with. */
  static OffsetAndMetadata offsetBehind(ConsumerRecord<String, byte[]> record) {
    return new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), "");
  }

  /** A record failed: an outage or a defect. */
  final void failed(TopicPartition partition, long offset, Throwable cause) {
    long now = System.nanoTime();
    if (cause instanceof OutageException) {
      Duration wait = tries.outage(partition, offset, now);
      trouble = String.valueOf(cause.getMessage());
      log.warn("{} waits {} ms at {}/{}: {}", group, wait.toMillis(), partition, offset, trouble);
    } else {
      tries.defect(partition, offset, cause.toString(), now);
      defects.increment();
      log.error("{} failed at {}/{}", group, partition, offset, cause);
    }
  }

  /** A record was refused for good, and is not tried again. */
  final void refused(TopicPartition partition, long offset, String why) {
    defects.increment();
    log.error("{} sets {}/{} aside: {}", group, partition, offset, why);
  }

  /** Puts a partition back to an offset, and lets it wait if it has to. */
  final void rewind(KafkaConsumer<String, byte[]> consumer, TopicPartition partition, long offset) {
    letGo(partition);
    consumer.seek(partition, offset);
    consumer.pause(List.of(partition));
    rewound.add(partition);
  }

  /** The next batches hold one record each, so that a failing one harms no other. */
  final void isolate() {
    isolated = 64;
  }

  /** Whether each record is to be written on its own, because one failed. */
  final boolean isIsolated() {
    return alone || isolated > 0;
  }

  /** Why it has stopped for good; empty while it goes on, or was told to stop. */
  final Optional<String> end() {
    if (!running || (!failed && thread.isAlive())) {
      return Optional.empty();
    }
    return Optional.of(trouble.isEmpty() ? "stopped" : trouble);
  }

  final String group() {
    return group;
  }

  @Override
  public void start() {
    access.ensureGroup(group, topic);
    stop = new CountDownLatch(1);
    thread = Thread.ofPlatform().name("stage-" + group).unstarted(this::run);
    running = true;
    thread.start();
  }

  @Override
  public void stop() {
    running = false;
    stop.countDown();
    KafkaConsumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      if (!thread.join(STOP_LIMIT)) {
        log.warn("{} does not stop", group);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the tables, before the edges. */
  @Override
  public int getPhase() {
    return 100;
  }

  private void run() {
    while (running) {
      try (KafkaConsumer<String, byte[]> consumer = access.consumer(group, consumerOverrides())) {
        current = consumer;
        begin();
        consumer.subscribe(List.of(topic), new Assignments());
        while (running) {
          stepOrGoBack(consumer);
        }
      } catch (WakeupException e) {
        log.debug("{} was woken up", group, e);
      } catch (NoOffsetForPartitionException e) {
        failed = true;
        trouble = "the offsets of group " + group + " have vanished: " + e.getMessage();
        log.error("{} stops: {}", group, trouble);
        brokenOff();
        return;
      } catch (LostEnd.DeletedUnreadException e) {
        failed = true;
        trouble = String.valueOf(e.getMessage());
        log.error("{} stops: {}", group, trouble);
        brokenOff();
        return;
      } catch (KafkaException | OutageException e) {
        restarts.increment();
        trouble = String.valueOf(e.getMessage());
        log.warn("{} begins again at its committed offsets: {}", group, e.toString());
        brokenOff();
        isolate(); // should one of them be the reason, the others pass it by
        pauseBeforeNext();
      } catch (RuntimeException e) {
        restarts.increment();
        trouble = e.toString();
        log.error("{} begins again at its committed offsets after a defect of its own", group, e);
        brokenOff();
        pauseBeforeNext();
      } catch (Error e) {
        failed = true;
        trouble = e.toString();
        log.error("{} stops", group, e);
        throw e;
      } finally {
        current = null;
      }
    }
    ended();
  }

  private void pauseBeforeNext() {
    try {
      boolean stopped = stop.await(500, TimeUnit.MILLISECONDS);
      log.debug("{} goes on, stopped: {}", group, stopped);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stepOrGoBack(KafkaConsumer<String, byte[]> consumer) {
    try {
      step(consumer);
    } catch (OffsetOutOfRangeException e) {
      LostEnd.of(group, consumer, e)
          .forEach((partition, offset) -> {
            long unwritten = firstInHand(partition).orElse(offset);
            letGo(partition);
            consumer.seek(partition, Math.min(offset, unwritten));
            committed.remove(partition);
            tries.forget(partition);
          });
    }
  }

  private void step(KafkaConsumer<String, byte[]> consumer) {
    rewound.clear();
    if (isFull()) {
      consumer.pause(consumer.assignment());
    } else {
      resume(consumer);
    }
    boolean waiting = !consumer.paused().isEmpty();
    ConsumerRecords<String, byte[]> batch = consumer.poll(waiting ? SHORT_POLL : POLL);
    next.putAll(batch.nextOffsets());
    if (freshlyAssigned) {
      freshlyAssigned = false;
      assigned(consumer.assignment());
    }
    if (batch.isEmpty() && !hasInHand()) {
      commitIdle(consumer);
      return;
    }
    if (isolated > 0 && !batch.isEmpty()) {
      alone = true;
      try {
        processAlone(consumer, batch);
      } finally {
        alone = false;
      }
    } else {
      process(consumer, batch);
    }
    standing.set(tries.outages());
  }

  private void processAlone(
      KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> batch) {
    for (TopicPartition partition : batch.partitions()) {
      for (var record : batch.records(partition)) {
        isolated = Math.max(0, isolated - 1);
        process(consumer, new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()));
        if (rewound.contains(partition)) {
          break; // the rest of this partition comes again behind it
        }
      }
    }
  }

  private void resume(KafkaConsumer<String, byte[]> consumer) {
    long now = System.nanoTime();
    for (TopicPartition partition : Set.copyOf(consumer.paused())) {
      if (!tries.waits(partition, now) && firstInHand(partition).isEmpty()) {
        consumer.resume(List.of(partition));
      }
    }
  }

  /** Moves the committed offsets over commit markers, so that an idle stage shows no lag. */
  private void commitIdle(KafkaConsumer<String, byte[]> consumer) {
    Map<TopicPartition, OffsetAndMetadata> ahead = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      if (tries.isFailing(partition)) {
        continue;
      }
      Long was = committed.get(partition);
      long position = consumer.position(partition, ANSWER_LIMIT);
      if (was == null || position > was) {
        ahead.put(partition, offset(partition, position));
      }
    }
    if (!ahead.isEmpty()) {
      consumer.commitSync(ahead, ANSWER_LIMIT);
      committed(ahead);
    }
  }

  /** A position with the epoch that tells whether the log still holds it, where that is known. */
  private OffsetAndMetadata offset(TopicPartition partition, long position) {
    OffsetAndMetadata known = next.get(partition);
    return known != null && known.offset() == position ? known : new OffsetAndMetadata(position);
  }

  private final class Assignments implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        freshlyAssigned = true;
        log.info("{} was assigned {}", group, partitions);
        KafkaConsumer<String, byte[]> consumer = current;
        if (consumer != null) {
          lastPart.readAgain(partitions).forEach(consumer::seek);
        }
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(partition -> {
        letGo(partition);
        committed.remove(partition);
        next.remove(partition);
        tries.forget(partition);
      });
    }
  }
}
