package org.milena.egress.kafka;

import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.LostEnd;
import org.milena.egress.dsn.FailureNotices;
import org.milena.egress.job.Carriage;
import org.milena.egress.job.Consignment;
import org.milena.egress.job.Holding;
import org.milena.egress.job.Report;
import org.milena.egress.job.Tenure;
import org.milena.egress.kafka.Share.Tracked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The one thread that reads deliveries, hands them out, and keeps what is reported of them.
 *
 * <p>A turn: take due ones of the deferred, poll, hand out, take reports in, commit. Nothing in it
 * waits for a host.
 */
public final class EgressLoop implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(EgressLoop.class);
  private static final String GROUP = "egress";
  private static final Duration BUSY_POLL = Duration.ofMillis(5);
  private static final Duration WAITING_POLL = Duration.ofMillis(20);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final long IDLE_COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY_COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final LoopSettings settings;
  private final KafkaAccess access;
  private final Carriage carriage;
  private final Holding.Tools tools;
  private final LoopMeters meters;
  private final Admission admission;
  private final TakeOver takeOver;
  private final Inbox inbox;
  private final Committer committer;
  private final Map<TopicPartition, Tracked> held = new ConcurrentHashMap<>();
  private final Set<TopicPartition> fresh = new HashSet<>();
  private volatile boolean running;
  private volatile boolean failed;
  private volatile String trouble = "";
  private volatile @Nullable KafkaConsumer<String, byte[]> current;
  private CountDownLatch stop = new CountDownLatch(1);
  private Thread thread = new Thread();
  private boolean reported;
  private long idleCommitAt;
  private long commitAt;

  public EgressLoop(
      LoopSettings settings,
      KafkaAccess access,
      Carriage carriage,
      Holding.Tools tools,
      FailureNotices notices,
      LoopMeters meters) {
    this.settings = settings;
    this.access = access;
    this.carriage = carriage;
    this.tools = tools;
    this.meters = meters;
    this.admission = new Admission(carriage);
    this.takeOver = new TakeOver(access, tools.rows());
    this.inbox = new Inbox(settings, carriage);
    this.committer =
        new Committer(access, new FailureMail(notices), tools.clock(), meters.registry());
    carriage.reportTo(inbox);
    Gauge.builder("milena.egress.in.hand", this::inHand)
        .description("Recipients in hand, new ones and those tried again")
        .register(meters.registry());
    Gauge.builder("milena.egress.deferred", this::deferred)
        .description("Recipients of this instance's partitions that wait for their next try")
        .register(meters.registry());
    Gauge.builder("milena.egress.held", () -> inbox.isHolding() ? 1 : 0)
        .description("1 while nothing is sent because results cannot be kept")
        .register(meters.registry());
  }

  private int inHand() {
    return held.values().stream().mapToInt(tracked -> tracked.holding.inHand()).sum();
  }

  private int deferred() {
    return held.values().stream().mapToInt(tracked -> tracked.holding.deferred()).sum();
  }

  /** What it waits for; empty when all is well. */
  public String trouble() {
    return trouble;
  }

  /** Whether it can go on. */
  public boolean isHealthy() {
    return running && !failed && thread.isAlive();
  }

  private Optional<String> end() {
    if (!running || (!failed && thread.isAlive())) {
      return Optional.empty();
    }
    return Optional.of(trouble.isEmpty() ? "stopped" : trouble);
  }

  /** The partitions this instance has. */
  public Set<Integer> partitions() {
    Set<Integer> all = new HashSet<>();
    held.keySet().forEach(partition -> all.add(partition.partition()));
    return all;
  }

  @Override
  public void start() {
    access.ensureGroup(GROUP, Topics.DELIVERIES);
    stop = new CountDownLatch(1);
    thread = Thread.ofPlatform().name("egress-loop").unstarted(this::run);
    running = true;
    thread.start();
    access.oversee(GROUP, this::end);
  }

  /** Lets transactions on the wire finish, keeps their results, and leaves the group. */
  @Override
  public void stop() {
    running = false;
    stop.countDown();
    KafkaConsumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      if (thread.isAlive() && !thread.join(settings.patience().plusSeconds(20))) {
        log.warn("the egress loop does not stop");
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
      try (KafkaConsumer<String, byte[]> consumer =
          access.consumer(
              GROUP, Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxPolled()))) {
        current = consumer;
        committer.prepare();
        consumer.subscribe(List.of(Topics.DELIVERIES), new Assignments());
        turns(consumer);
        release(List.copyOf(held.keySet()), consumer);
      } catch (NoOffsetForPartitionException e) {
        failed = true;
        trouble = "the offsets of group " + GROUP + " have vanished: " + e.getMessage();
        log.error("egress stops: {}", trouble);
        drop(List.copyOf(held.keySet()));
        return;
      } catch (LostEnd.DeletedUnreadException e) {
        failed = true;
        trouble = String.valueOf(e.getMessage());
        log.error("egress stops: {}", trouble);
        drop(List.copyOf(held.keySet()));
        return;
      } catch (KafkaException | OutageException e) {
        trouble = String.valueOf(e.getMessage());
        log.warn("egress begins again at its committed offsets: {}", e.toString());
        startAgain();
      } catch (RuntimeException e) {
        trouble = e.toString();
        log.error("egress begins again at its committed offsets after a defect of its own", e);
        startAgain();
      } finally {
        current = null;
      }
    }
    committer.close();
  }

  private void turns(KafkaConsumer<String, byte[]> consumer) {
    try {
      while (running) {
        turn(consumer);
      }
    } catch (WakeupException e) {
      log.debug("egress was woken up", e);
    } catch (OffsetOutOfRangeException e) {
      consumer.commitSync(takeOver.behindTheLoss(LostEnd.of(GROUP, consumer, e)), ANSWER_LIMIT);
      throw new OutageException("deliveries have lost their end", e);
    }
  }

  private void startAgain() {
    meters.restarted();
    drop(List.copyOf(held.keySet()));
    try {
      boolean stopped = stop.await(500, TimeUnit.MILLISECONDS);
      log.debug("egress goes on, stopped: {}", stopped);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn(KafkaConsumer<String, byte[]> consumer) {
    takeDue();
    regulate(consumer);
    ConsumerRecords<String, byte[]> batch = consumer.poll(patience());
    takeOverFresh();
    for (TopicPartition partition : batch.partitions()) {
      admit(partition, batch.records(partition));
    }
    batch
        .nextOffsets()
        .forEach((partition, position) -> {
          Tracked tracked = held.get(partition);
          if (tracked != null) {
            tracked.epochs.reached(position);
          }
        });
    takeReports();
    commit(consumer);
  }

  /** How long the next poll may wait: not at all while there is something to keep. */
  private Duration patience() {
    if (!inbox.isEmpty() || reported) {
      return BUSY_POLL;
    }
    if (inHand() > 0) {
      return WAITING_POLL;
    }
    Instant now = tools.clock().instant();
    return held.values().stream()
        .flatMap(tracked -> tracked.holding.nextDue().stream())
        .map(due -> Duration.between(now, due))
        .map(left -> left.isNegative() ? BUSY_POLL : left)
        .filter(left -> left.compareTo(IDLE_POLL) < 0)
        .min(Duration::compareTo)
        .orElse(IDLE_POLL);
  }

  private void takeDue() {
    for (Tracked tracked : held.values()) {
      int room = settings.maxInHand() - inHand();
      if (room > 0) {
        tracked.holding.due(room, carriage::hasRoom, System.nanoTime()).forEach(carriage::accept);
      }
    }
  }

  /** Reads no more while there is enough in hand. */
  private void regulate(KafkaConsumer<String, byte[]> consumer) {
    int inHand = inHand();
    if (inHand >= settings.maxInHand()) {
      consumer.pause(consumer.assignment());
    } else if (inHand < settings.maxInHand() * 4 / 5) {
      consumer.resume(consumer.paused());
    }
  }

  private void takeOverFresh() {
    if (fresh.isEmpty()) {
      return;
    }
    List<TopicPartition> partitions = List.copyOf(fresh);
    takeOver
        .begin(GROUP, partitions)
        .forEach((partition, begun) -> {
          Tenure tenure = new Tenure(partition.partition());
          Holding holding = new Holding(tenure, begun.ledger(), tools);
          held.put(partition, new Tracked(partition, holding, begun.committed()));
        });
    fresh.clear();
    log.info("egress has taken over {}", partitions);
  }

  private void admit(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
    Tracked tracked = held.get(partition);
    if (tracked == null) {
      throw new IllegalStateException("records of a partition that was not taken over");
    }
    for (ConsumerRecord<String, byte[]> record : records) {
      tracked.epochs.read(record);
      admission.admit(tracked.holding, record);
      tracked.position = record.offset() + 1;
    }
  }

  private void takeReports() {
    List<Report> reports = inbox.take();
    reported = !reports.isEmpty();
    for (Report report : reports) {
      Consignment from = report.from();
      Tracked tracked = held.get(new TopicPartition(Topics.DELIVERIES, from.id().partition()));
      if (tracked != null && tracked.holding.tenure() == from.tenure()) {
        tracked.holding.report(report);
      }
    }
  }

  private void commit(KafkaConsumer<String, byte[]> consumer) {
    long now = System.nanoTime();
    if (now - commitAt < 0) {
      return;
    }
    boolean idle = now - idleCommitAt >= 0;
    List<Share> shares = new ArrayList<>();
    for (Tracked tracked : held.values()) {
      if (idle && tracked.holding.ledger().deliveries() == 0) {
        // over commit markers, so that an idle stage shows no lag
        tracked.position =
            Math.max(tracked.position, consumer.position(tracked.partition, ANSWER_LIMIT));
      }
      if (!tracked.holding.pending().isEmpty()
          || (idle && tracked.committable() > tracked.committed)) {
        shares.add(new Share(tracked));
      }
    }
    if (idle) {
      idleCommitAt = now + IDLE_COMMIT_NANOS;
    }
    if (shares.isEmpty()) {
      inbox.kept();
    } else {
      keep(shares, consumer);
    }
  }

  private boolean keep(List<Share> shares, KafkaConsumer<String, byte[]> consumer) {
    boolean kept = committer.commit(shares, consumer.groupMetadata());
    if (kept) {
      trouble = "";
      inbox.kept();
    } else {
      trouble = "results cannot be kept";
      commitAt = System.nanoTime() + RETRY_COMMIT_NANOS;
    }
    return kept;
  }

  /** Finishes what is on the wire, keeps its results, lets go. */
  private void release(
      Collection<TopicPartition> partitions, KafkaConsumer<String, byte[]> consumer) {
    List<Tracked> leaving = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      fresh.remove(partition);
      Tracked tracked = held.get(partition);
      if (tracked != null) {
        tracked.holding.tenure().end();
        leaving.add(tracked);
      }
    }
    leaving.forEach(tracked -> carriage.letGo(tracked.holding.tenure(), settings.patience()));
    takeReports();
    List<Share> shares =
        leaving.stream()
            .filter(tracked ->
                !tracked.holding.pending().isEmpty() || tracked.committable() > tracked.committed)
            .map(Share::new)
            .toList();
    if (!shares.isEmpty() && !keep(shares, consumer)) {
      log.error("results of {} are lost: what was sent may be sent twice", partitions);
    }
    leaving.forEach(tracked -> held.remove(tracked.partition));
    if (!leaving.isEmpty()) {
      log.info("egress has let go of {}", partitions);
    }
  }

  /** Somebody else has them already: whatever we know of them is worth nothing. */
  private void drop(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      fresh.remove(partition);
      Tracked tracked = held.remove(partition);
      if (tracked != null) {
        carriage.letGo(tracked.holding.tenure(), Duration.ZERO);
      }
    }
  }

  private final class Assignments implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      fresh.addAll(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      KafkaConsumer<String, byte[]> consumer = current;
      if (consumer != null) {
        release(partitions, consumer);
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      log.warn("egress has lost {}", partitions);
      drop(partitions);
    }
  }
}
