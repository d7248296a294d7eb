package org.milena.common.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.FailPoint;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageOptions;
import org.milena.common.table.Table;

/**
 * Runs a {@link Stage} exactly once for each record: a batch is prepared (in parallel, outside any
 * transaction), then written in the order of its records in one transaction together with the
 * offsets. After an abort the runner goes back to the committed position and begins again.
 *
 * <p>A record that takes long stays in hand: those behind it in its partition wait for it, the
 * other partitions go on.
 *
 * <p>Failures: an outage makes the partition of the record wait and be tried again, for ever; any
 * other exception is a defect, tried {@value Tries#LIMIT} times and then set aside on the dead
 * letters in the same way as any effect.
 */
final class StageRunner extends GroupRunner {
  private static final Duration VIEW_LIMIT = Duration.ofSeconds(20);

  /** What is not written by then waits for the next transaction: this one must not expire. */
  private static final long PART_NANOS =
      TimeUnit.MILLISECONDS.toNanos(Clients.TRANSACTION_TIMEOUT_MS / 4);

  /** A record that takes longer to prepare than the others of its batch keeps them this long. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Stage stage;
  private final StageOptions options;
  private final Clients clients;
  private final ProducerRecords records;
  private final InstantSource clock;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places;
  private final InHand inHand;
  private final String beforeCommit;
  private final String afterCommit;
  private @Nullable KafkaProducer<String, byte[]> producer;
  private Map<Table<?>, List<RecordPosition>> toBeSeen = Map.of();

  StageRunner(Stage stage, StageOptions options, KafkaAccess access, InstantSource clock) {
    super(stage.name(), stage.topic(), options.readAgain(), access);
    this.stage = stage;
    this.options = options;
    this.clients = access.clients();
    this.records = access.records();
    this.clock = clock;
    this.places = new Semaphore(options.parallelPrepares(), true); // the oldest first
    this.inHand =
        new InHand(
            Math.max(options.parallelPrepares(), options.maxBatchRecords()),
            2L * access.settings().maxMailSize());
    this.beforeCommit = stage.name() + ".S4";
    this.afterCommit = stage.name() + ".S5";
  }

  @Override
  protected Map<String, Object> consumerOverrides() {
    return Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, options.maxBatchRecords());
  }

  @Override
  protected void assigned(Collection<TopicPartition> partitions) {
    stage.assigned();
  }

  @Override
  protected void process(
      KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> batch) {
    List<InHand.Entry> begun = begin(batch);
    await(begun);
    List<Ready> ready = takeReady(consumer);
    consumer.pause(inHand.partitions());
    if (ready.isEmpty()) {
      return;
    }
    awaitViews();
    KafkaProducer<String, byte[]> writer = writer();
    writer.beginTransaction();
    Transaction transaction = new Transaction(writer, records);
    Ready at = ready.getFirst();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    int written = 0;
    try {
      long began = System.nanoTime();
      for (Ready next : ready) {
        if (!offsets.isEmpty() && System.nanoTime() - began > PART_NANOS) {
          break;
        }
        at = next;
        try (MailContext _ = MailContext.of(next.record())) {
          next.prepared().write(transaction);
        }
        offsets.put(next.partition(), offsetBehind(next.record()));
        written++;
      }
      transaction.finish();
    } catch (KafkaException e) {
      if (!isOfTheRecord(e)) {
        throw e; // the runner lets go and begins again
      }
      writer.abortTransaction();
      notTaken(consumer, ready, e);
      return;
    } catch (RuntimeException e) {
      writer.abortTransaction();
      writeFailed(consumer, ready, at, e);
      return;
    }
    writer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
    FailPoint.hit(beforeCommit);
    writer.commitTransaction();
    FailPoint.hit(afterCommit);
    toBeSeen = transaction.rowPositions();
    committed(offsets);
    countDone(written);
    firsts(ready.subList(written, ready.size()))
        .forEach((partition, offset) -> rewind(consumer, partition, offset));
  }

  private record Ready(
      TopicPartition partition, ConsumerRecord<String, byte[]> record, Stage.Prepared prepared) {}

  /** Begins to prepare a batch. */
  private List<InHand.Entry> begin(ConsumerRecords<String, byte[]> batch) {
    List<InHand.Entry> begun = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : batch) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      Future<Stage.Prepared> prepared =
          tries().isSpent(partition, record.offset())
              ? CompletableFuture.completedFuture(deadLetter(partition, record))
              : workers.submit(() -> prepareOne(record));
      begun.add(new InHand.Entry(partition, record, prepared));
    }
    begun.forEach(inHand::add);
    return begun;
  }

  /**
   * Waits until they are prepared; but a slow one keeps the others waiting no longer than this, and
   * then only those behind it in its partition.
   */
  private void await(List<InHand.Entry> begun) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try {
      for (InHand.Entry entry : begun) {
        long left = Math.max(0, deadline - System.nanoTime());
        try {
          Stage.Prepared unused = entry.prepared().get(left, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException _) {
          continue; // told of when its turn comes
        }
      }
    } catch (TimeoutException _) {
      return; // what is not done stays in hand
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while preparing", e);
    }
  }

  /** Takes what is prepared; what failed, and what lies behind it, goes back and waits. */
  private List<Ready> takeReady(KafkaConsumer<String, byte[]> consumer) {
    List<Ready> ready = new ArrayList<>();
    Map<TopicPartition, Long> stopped = new HashMap<>();
    for (InHand.Entry entry : inHand.takeDone(isIsolated() ? 1 : Integer.MAX_VALUE)) {
      TopicPartition partition = entry.partition();
      if (stopped.containsKey(partition)) {
        continue;
      }
      switch (entry.prepared().state()) {
        case SUCCESS ->
            ready.add(new Ready(partition, entry.record(), entry.prepared().resultNow()));
        case FAILED, CANCELLED -> {
          Throwable cause = cause(entry.prepared());
          if (cause instanceof Error error && !isDefect(error)) {
            throw error;
          }
          stopped.put(partition, entry.record().offset());
          try (MailContext _ = MailContext.of(entry.record())) {
            failed(partition, entry.record().offset(), cause);
          }
        }
        case RUNNING -> throw new IllegalStateException("not done: " + entry.record());
      }
    }
    stopped.forEach((partition, offset) -> rewind(consumer, partition, offset));
    return ready;
  }

  /** What we cancel is no longer in hand: such an exception is the stage's own. */
  private static Throwable cause(Future<Stage.Prepared> prepared) {
    return prepared.state() == Future.State.FAILED
        ? prepared.exceptionNow()
        : new CancellationException("thrown by the stage");
  }

  /** A mail nested so deep that a parser gives up is a defect of the mail; all else is ours. */
  private static boolean isDefect(Error error) {
    return error instanceof StackOverflowError;
  }

  private Stage.Prepared prepareOne(ConsumerRecord<String, byte[]> record)
      throws InterruptedException {
    places.acquire();
    try (MailContext _ = MailContext.of(record)) {
      return stage.prepare(ProducerRecords.in(record));
    } finally {
      places.release();
    }
  }

  private Stage.Prepared deadLetter(
      TopicPartition partition, ConsumerRecord<String, byte[]> record) {
    return transaction ->
        transaction.send(
            DeadLetters.of(
                stage.name(),
                ProducerRecords.in(record),
                tries().cause(partition),
                Tries.LIMIT,
                clock.instant()));
  }

  /** Later calls fail with it as their cause: the producer remembers it until the abort. */
  private static boolean isOfTheRecord(KafkaException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecordTooLargeException
          || cause instanceof InvalidRecordException
          || cause instanceof SerializationException) {
        return true;
      }
    }
    return false;
  }

  /** An effect that no topic takes: a defect of the one record that has it. */
  private void notTaken(
      KafkaConsumer<String, byte[]> consumer, List<Ready> batch, KafkaException e) {
    if (batch.size() == 1) {
      failed(batch.getFirst().partition(), batch.getFirst().record().offset(), e);
    }
    goBack(consumer, batch); // which one it was shows when they come one by one
  }

  private void writeFailed(
      KafkaConsumer<String, byte[]> consumer, List<Ready> batch, Ready at, RuntimeException e) {
    try (MailContext _ = MailContext.of(at.record())) {
      failed(at.partition(), at.record().offset(), e);
    }
    goBack(consumer, batch);
  }

  /** Everything goes back: nothing of this transaction was written. */
  private void goBack(KafkaConsumer<String, byte[]> consumer, List<Ready> batch) {
    inHand.firsts().forEach((partition, offset) -> rewind(consumer, partition, offset));
    firsts(batch).forEach((partition, offset) -> rewind(consumer, partition, offset));
    isolate();
  }

  private static Map<TopicPartition, Long> firsts(List<Ready> batch) {
    Map<TopicPartition, Long> firsts = new LinkedHashMap<>();
    batch.forEach(ready -> firsts.putIfAbsent(ready.partition(), ready.record().offset()));
    return firsts;
  }

  /** Waits until this instance's tables show what the last transaction changed. */
  private void awaitViews() {
    toBeSeen.forEach((table, positions) ->
        positions.forEach(position -> table.awaitPassed(position, VIEW_LIMIT)));
    toBeSeen = Map.of();
  }

  private KafkaProducer<String, byte[]> writer() {
    KafkaProducer<String, byte[]> writer = producer;
    if (writer == null) {
      writer = clients.transactionalProducer(stage.name());
      producer = writer;
      writer.initTransactions();
    }
    return writer;
  }

  @Override
  protected boolean hasInHand() {
    return !inHand.isEmpty();
  }

  @Override
  protected OptionalLong firstInHand(TopicPartition partition) {
    return inHand.first(partition);
  }

  @Override
  protected boolean isFull() {
    return inHand.isFull();
  }

  @Override
  protected void letGo(TopicPartition partition) {
    inHand.letGo(partition);
  }

  @Override
  protected void begin() {
    FailPoint.announce();
    inHand.letGo();
    var unused = writer();
  }

  @Override
  protected void brokenOff() {
    inHand.letGo();
    KafkaProducer<String, byte[]> writer = producer;
    producer = null;
    toBeSeen = Map.of();
    if (writer != null) {
      // a new producer under the same id ends whatever transaction is open
      writer.close(Duration.ZERO);
    }
  }

  @Override
  protected void ended() {
    inHand.letGo();
    KafkaProducer<String, byte[]> writer = producer;
    producer = null;
    if (writer != null) {
      writer.close(Duration.ofSeconds(5));
    }
    workers.close();
  }
}
