package org.milena.common.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnfitException;
import org.milena.common.operations.DeadLetterBox;
import org.milena.common.operations.Pipeline;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.History;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.Publisher;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageOptions;
import org.milena.common.stage.TopicLog;
import org.milena.common.table.Table;
import org.milena.common.token.Keyring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The way to Kafka for all rooms of a process: prepares the topics when it is made, follows the
 * tables from its start, and gives out clients that keep our promises.
 */
public final class KafkaAccess implements SmartLifecycle, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaAccess.class);
  private static final Duration REPLAY_LIMIT = Duration.ofMinutes(5);

  private final KafkaSettings settings;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Clients clients;
  private final Admin admin;
  private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
  private final ProducerRecords records = new ProducerRecords(this::partitions);
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaPublisher publisher;
  private final KafkaMailReader mailReader;
  private final TableReader tables;
  private final Table<SiteFact> site;
  private final Map<String, Supplier<Optional<String>>> overseen = new ConcurrentHashMap<>();
  private final Map<String, Shared> shared = new HashMap<>();
  private volatile boolean running;

  /**
   * Connects, creates the topics that are missing and verifies all.
   *
   * @throws UnfitException when a topic or the broker is kept otherwise than we need
   * @throws org.milena.common.failure.OutageException when the broker does not answer
   */
  public KafkaAccess(KafkaSettings settings, MeterRegistry meters, InstantSource clock) {
    this.settings = settings;
    this.meters = meters;
    this.clock = clock;
    this.clients = new Clients(settings);
    this.admin = clients.admin();
    new TopicKeeper(admin).prepare(TopicDeclarations.of(settings));
    TopicDeclarations.of(settings)
        .forEach(topic -> partitions.put(topic.name(), topic.partitions()));
    this.producer = clients.producer();
    this.publisher = new KafkaPublisher(producer, records);
    this.mailReader = new KafkaMailReader(clients);
    this.tables = new TableReader(clients, admin, meters);
    oversee("tables", tables::end);
    this.site = table(new TableSpec<>(Topics.SITE, SiteFact.class));
  }

  /** A table that is followed from the start of this access on. Made before the start. */
  public <V> Table<V> table(TableSpec<V> spec) {
    KafkaTable<V> table = new KafkaTable<>(spec, tables, publisher);
    tables.add(table);
    return table;
  }

  /**
   * A table of rows that are JSON; likewise. Rooms that ask for the same one share it.
   *
   * @throws IllegalStateException when another table follows the topic
   */
  public synchronized <V> Table<V> table(String topic, Class<V> row) {
    Shared known = shared.get(topic);
    if (known != null && known.row().equals(row)) {
      @SuppressWarnings("unchecked") // it was made for this type of row
      Table<V> same = (Table<V>) known.table();
      return same;
    }
    Table<V> table = table(new TableSpec<>(topic, row));
    shared.put(topic, new Shared(row, table));
    return table;
  }

  private record Shared(Class<?> row, Table<?> table) {}

  /** Runs a stage, from the lifecycle's start to its stop. */
  public SmartLifecycle stage(Stage stage, StageOptions options) {
    StageRunner runner = new StageRunner(stage, options, this, clock);
    oversee(runner.group(), runner::end);
    return runner;
  }

  /** Runs a sink, from the lifecycle's start to its stop. */
  public SmartLifecycle sink(BatchSink sink) {
    SinkRunner runner = new SinkRunner(sink, this, clock);
    oversee(runner.group(), runner::end);
    return runner;
  }

  /**
   * Has a worker's end shown by the health of this process.
   *
   * @param end why it has stopped for good; empty while it goes on, waits for an outage to pass, or
   *     was told to stop
   */
  public void oversee(String worker, Supplier<Optional<String>> end) {
    overseen.put(worker, end);
  }

  /** Single durable writes. */
  public Publisher publisher() {
    return publisher;
  }

  /** Follows pointers. */
  public MailReader mailReader() {
    return mailReader;
  }

  /** Reads one of our topics from its beginning. */
  public TopicLog log(String topic) {
    return new KafkaTopicLog(this, topic);
  }

  /** Looks back over the records of a key. */
  public History history() {
    return new KafkaHistory(this);
  }

  /** A member of a group; its first offsets must have been {@linkplain #ensureGroup ensured}. */
  public KafkaConsumer<String, byte[]> consumer(String group, Map<String, Object> overrides) {
    return clients.consumer(group, overrides);
  }

  /** A reader that names its partitions itself; it starts where it seeks to. */
  public KafkaConsumer<String, byte[]> assigningConsumer(Map<String, Object> overrides) {
    return clients.assigningConsumer("reader", overrides);
  }

  /** A producer whose transactional id is the stage and this instance. */
  public KafkaProducer<String, byte[]> transactionalProducer(String stage) {
    return clients.transactionalProducer(stage);
  }

  /** For what has no verb here. */
  public Admin admin() {
    return admin;
  }

  /** How many partitions one of our topics has. */
  public int partitions(String topic) {
    Integer number = partitions.get(topic);
    if (number == null) {
      throw new IllegalArgumentException("not a topic of ours: " + topic);
    }
    return number;
  }

  /** The partition of a text in a topic, as Kafka's default partitioner chooses it. */
  public int partitionOf(String topic, String text) {
    return Partitions.of(text, partitions(topic));
  }

  /**
   * Makes a group at the beginning of a topic if it never was; refuses one whose offsets vanished.
   *
   * @throws UnfitException with a sentence for the operator
   */
  public void ensureGroup(String group, String topic) {
    new Groups(admin, site).ensure(group, topic, partitions(topic));
  }

  /**
   * Notes the fingerprints of this instance's keys, or refuses when the site has others under the
   * same ids: its tokens would be refused elsewhere.
   *
   * @throws UnfitException when they differ
   */
  public void agreeOnKeys(Keyring keyring) {
    new KeyAgreement(site).agree(keyring.fingerprints());
  }

  /** How all stages of the site do; from its lifecycle's start on in the metrics too. */
  public Pipeline pipeline() {
    return new PipelineWatch(
        new KafkaPipeline(admin, mailReader, clock, this::partitions),
        KafkaPipeline.stages(),
        meters);
  }

  /** What was set aside. */
  public DeadLetterBox deadLetters() {
    return new KafkaDeadLetters(this, site, clock);
  }

  /**
   * Trims work that is done with: everything behind the slowest reader, the lowest live pointer,
   * and the age.
   */
  public SmartLifecycle janitor(TrimRule rule) {
    return new Janitor(admin, rule, this::partitions, mailReader, clock);
  }

  /** The workers of this process that have stopped for good, and why; empty when all go on. */
  public Map<String, String> ended() {
    Map<String, String> ended = new TreeMap<>();
    overseen.forEach((worker, end) -> end.get().ifPresent(reason -> ended.put(worker, reason)));
    return ended;
  }

  KafkaSettings settings() {
    return settings;
  }

  Clients clients() {
    return clients;
  }

  KafkaMailReader mailReaderEdge() {
    return mailReader;
  }

  ProducerRecords records() {
    return records;
  }

  MeterRegistry meters() {
    return meters;
  }

  /** Replays the tables; returns when all views are current. */
  @Override
  public void start() {
    long began = System.nanoTime();
    tables.start();
    tables.awaitAllCurrent(REPLAY_LIMIT);
    running = true;
    log.info(
        "tables are current after {} ms", Duration.ofNanos(System.nanoTime() - began).toMillis());
  }

  @Override
  public void stop() {
    running = false;
    tables.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before everything that reads tables. */
  @Override
  public int getPhase() {
    return 0;
  }

  /** Closes the clients. */
  @Override
  public void close() {
    if (running) {
      stop();
    }
    producer.close(Duration.ofSeconds(5));
    mailReader.close();
    admin.close(Duration.ofSeconds(5));
  }
}
