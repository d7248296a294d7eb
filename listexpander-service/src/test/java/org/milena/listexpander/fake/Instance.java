package org.milena.listexpander.fake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.directory.Directory;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.KafkaCommands;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageOptions;
import org.milena.common.token.Keyring;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.membership.ConfirmationLimits;
import org.milena.listexpander.sequence.Effects;
import org.milena.listexpander.sequence.ListSequence;
import org.milena.listexpander.sequence.ListexpanderMetrics;
import org.milena.listexpander.sequence.SiteFacts;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.context.SmartLifecycle;

/** One instance of the service on a real broker, as a process of its own would have it. */
public final class Instance implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  public final KafkaAccess access;
  public final ListTables tables;
  public final Directory directory;
  public final KafkaCommands commands;
  private final UnaryOperator<Stage> around;
  private SmartLifecycle stage;

  /** Starts an instance. */
  public Instance(String bootstrapServers, String name) {
    this(bootstrapServers, name, UnaryOperator.identity());
  }

  /**
   * Starts an instance.
   *
   * @param around what is put around the stage
   */
  public Instance(String bootstrapServers, String name, UnaryOperator<Stage> around) {
    InstantSource clock = InstantSource.system();
    this.around = around;
    access = SharedBroker.kafkaAccess(bootstrapServers, name);
    tables = ListTables.of(DirectoryTables.of(access::table), access::table);
    directory = new TableDirectory(tables.directory(), clock);
    commands = new KafkaCommands(access, directory, clock);
    access.start();
    commands.start();
    stage = newStage();
    stage.start();
  }

  private SmartLifecycle newStage() {
    InstantSource clock = InstantSource.system();
    Keyring keyring = new Keyring(Map.of('a', new byte[32]));
    return access.stage(
        around.apply(
            new ListSequence(
                tables,
                access.mailReader(),
                Effects.of(
                    new SiteFacts(
                        "lists.example.org",
                        "http://localhost:8080",
                        25 << 20,
                        new SignedTokens(keyring, clock),
                        new VerpTags(keyring),
                        ConfirmationLimits.DEFAULT),
                    clock,
                    new Random(),
                    (_, _) -> false),
                clock,
                new ListexpanderMetrics(new SimpleMeterRegistry()))),
        new StageOptions(4, 100));
  }

  /** Its stage leaves the group; tables and commands go on. */
  public void stopStage() {
    stage.stop();
  }

  /** Its stage joins the group again. */
  public void startStage() {
    stage = newStage();
    stage.start();
  }

  /** Puts a mail before the stage, as the scanner does. */
  public void publish(ListMail mail) {
    RecordPosition position =
        access
            .publisher()
            .publish(
                MailRecords.mail(
                    Topics.LISTS,
                    Fixtures.USERS_ID.value(),
                    RecordType.LIST_MAIL,
                    mail.meta(),
                    mail.id(),
                    mail.message()))
            .join();
    if (!position.topic().equals(Topics.LISTS)) {
      throw new AssertionError("written to " + position);
    }
  }

  /** Everything committed on a topic. */
  public List<ConsumerRecord<String, byte[]>> records(String topic) {
    return records(access, topic);
  }

  /** Everything committed on a topic, as any instance sees it. */
  public static List<ConsumerRecord<String, byte[]>> records(KafkaAccess access, String topic) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = access.assigningConsumer(Map.of())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int number = 0; number < access.partitions(topic); number++) {
        partitions.add(new TopicPartition(topic, number));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** Everything committed on a topic, as JSON. */
  public <T> List<T> json(String topic, Class<T> type) {
    return records(topic).stream()
        .filter(record -> record.value() != null)
        .map(record -> MailJson.read(record.value(), type))
        .toList();
  }

  /** Waits for something to become true. */
  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not true within " + LIMIT);
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  @Override
  public void close() {
    stage.stop();
    commands.stop();
    access.close();
  }
}
