package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.DeadLetterMeta;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnfitException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.TableSpec;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageOptions;
import org.milena.common.table.Table;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.context.SmartLifecycle;

/** The promises of the stage runner, each against a real broker. */
class StageRunnerIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private EmbeddedKafka broker;
  private final List<KafkaAccess> accesses = new ArrayList<>();
  private final List<SmartLifecycle> stages = new ArrayList<>();

  StageRunnerIT() {
    broker = SharedBroker.fresh();
  }

  @BeforeEach
  void nothingRuns() {
    assertThat(stages).isEmpty();
  }

  @AfterEach
  void stopAll() {
    stages.forEach(SmartLifecycle::stop);
    accesses.forEach(KafkaAccess::close);
    broker.close();
  }

  @Test
  void writesEachEffectOnceAndIsWithoutLagWhenIdle() {
    KafkaAccess access = access("a");
    access.start();
    run(access, "scanner", new Copy());
    for (int i = 0; i < 200; i++) {
      publish(access, "mail " + i);
    }
    await(() -> read(access, Topics.LISTS).size() >= 200);
    assertThat(read(access, Topics.LISTS)).hasSize(200).doesNotHaveDuplicates();
    await(() -> lag(access, "scanner") == 0);
  }

  @Test
  void anOutagePausesAndResumesWithoutADeadLetter() {
    KafkaAccess access = access("a");
    access.start();
    AtomicBoolean out = new AtomicBoolean(true);
    AtomicInteger tries = new AtomicInteger();
    run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            if (out.get()) {
              tries.incrementAndGet();
              throw new OutageException("the engine is away");
            }
            return super.prepare(record);
          }
        });
    publish(access, "one");
    await(() -> tries.get() > 6);
    assertThat(read(access, Topics.LISTS)).isEmpty();
    out.set(false);
    await(() -> read(access, Topics.LISTS).equals(List.of("one")));
    assertThat(read(access, Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void aDefectGetsFiveTriesAndIsThenSetAsideWithItsCause() {
    KafkaAccess access = access("a");
    access.start();
    AtomicInteger tries = new AtomicInteger();
    run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            if (text(record).equals("poison")) {
              tries.incrementAndGet();
              throw new IllegalStateException("cannot digest this");
            }
            return super.prepare(record);
          }
        });
    publish(access, "before");
    publish(access, "poison");
    publish(access, "after");
    await(() -> Set.copyOf(read(access, Topics.LISTS)).equals(Set.of("before", "after")));
    await(() -> !records(access, Topics.DEAD_LETTERS).isEmpty());
    assertThat(tries).hasValue(5);
    ConsumerRecord<String, byte[]> letter = records(access, Topics.DEAD_LETTERS).getFirst();
    assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("poison");
    DeadLetterMeta meta =
        MailJson.read(
            letter.headers().lastHeader(RecordHeaders.DEAD_LETTER).value(), DeadLetterMeta.class);
    assertThat(meta.stage()).isEqualTo("scanner");
    assertThat(meta.cause()).contains("cannot digest this");
    assertThat(meta.origin().topic()).isEqualTo(Topics.RECEIVED);
  }

  @Test
  void aDefectWhileWritingUndoesOnlyItsOwnRecord() {
    KafkaAccess access = access("a");
    access.start();
    run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            return transaction -> {
              super.prepare(record).write(transaction);
              if (text(record).equals("poison")) {
                throw new IllegalStateException("half written");
              }
            };
          }
        });
    for (int i = 0; i < 20; i++) {
      publish(access, i == 7 ? "poison" : "mail " + i);
    }
    await(() -> read(access, Topics.LISTS).size() >= 19);
    await(() -> read(access, Topics.DEAD_LETTERS).equals(List.of("poison")));
    assertThat(read(access, Topics.LISTS)).hasSize(19).doesNotContain("poison");
  }

  @Test
  void anEffectThatNoTopicTakesIsADefectOfItsRecordAlone() {
    KafkaAccess access = access("a");
    access.start();
    run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            return text(record).equals("grows")
                ? transaction ->
                    transaction.send(OutRecord.of(Topics.LISTS, "list", new byte[40_000_000]))
                : super.prepare(record);
          }
        });
    for (int i = 0; i < 10; i++) {
      publish(access, i == 4 ? "grows" : "mail " + i);
    }
    await(() -> read(access, Topics.LISTS).size() >= 9);
    await(() -> read(access, Topics.DEAD_LETTERS).equals(List.of("grows")));
    assertThat(read(access, Topics.LISTS)).hasSize(9).doesNotContain("grows");
  }

  @Test
  void twoInstancesShareTheWorkAndStoppingOneLosesNothing() {
    KafkaAccess first = access("a");
    first.start();
    KafkaAccess second = access("b");
    second.start();
    Map<String, AtomicInteger> by = new ConcurrentHashMap<>();
    SmartLifecycle one = run(first, "scanner", new Counting("a", by));
    run(second, "scanner", new Counting("b", by));
    int sent = 0;
    while (by.size() < 2 && sent < 5_000) {
      // the producer goes to another partition after some hundred kilobytes
      publish(first, "mail " + sent++ + " ".repeat(4_000));
    }
    assertThat(by).as("both instances got work").hasSize(2);
    one.stop();
    for (int i = 0; i < 50; i++) {
      publish(first, "mail " + sent++);
    }
    int all = sent;
    await(() -> read(first, Topics.LISTS).size() >= all);
    assertThat(read(first, Topics.LISTS)).hasSize(all).doesNotHaveDuplicates();
  }

  @Test
  void aRowWrittenInATransactionIsSeenAtOnceAndByTheNext() {
    KafkaAccess access = access("a");
    Table<String> pending = access.table(new TableSpec<>(Topics.PENDING, String.class));
    access.start();
    run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            return transaction -> {
              int count = transaction.get(pending, "count").map(Integer::parseInt).orElse(0) + 1;
              transaction.put(pending, "count", Integer.toString(count));
              transaction.put(pending, "row" + count, "x");
              assertThat(transaction.get(pending, "count")).contains(Integer.toString(count));
              assertThat(transaction.scan(pending, "row", "", 1_000)).hasSize(count);
            };
          }
        });
    for (int i = 0; i < 100; i++) {
      publish(access, "mail " + i);
    }
    await(() -> pending.get("count").equals(Optional.of("100")));
  }

  @Test
  void whatNeedsAPositionIsWrittenInTheSameTransaction() {
    KafkaAccess access = access("a");
    access.start();
    run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            return transaction ->
                transaction.send(
                    OutRecord.of(Topics.OUTGOING, "k", record.value()),
                    position ->
                        transaction.send(
                            OutRecord.of(
                                Topics.DELIVERIES,
                                "d",
                                position.toString().getBytes(StandardCharsets.UTF_8))));
          }
        });
    publish(access, "one");
    await(() -> !read(access, Topics.DELIVERIES).isEmpty());
    String pointer = read(access, Topics.DELIVERIES).getFirst();
    ConsumerRecord<String, byte[]> content = records(access, Topics.OUTGOING).getFirst();
    assertThat(pointer)
        .isEqualTo(Topics.OUTGOING + "/" + content.partition() + "/" + content.offset());
  }

  @Test
  void aGroupWhoseOffsetsVanishedRefusesToStart() throws Exception {
    KafkaAccess access = access("a");
    access.start();
    SmartLifecycle stage = run(access, "scanner", new Copy());
    publish(access, "one");
    await(() -> lag(access, "scanner") == 0 && read(access, Topics.LISTS).size() == 1);
    stage.stop();
    await(() -> {
      try {
        access.admin().deleteConsumerGroups(List.of("scanner")).all().get();
        return true;
      } catch (Exception e) {
        return false; // the group is not empty yet
      }
    });
    KafkaAccess again = access("b");
    again.start();
    SmartLifecycle refused = again.stage(new Copy(), new StageOptions(1, 10));
    assertThatThrownBy(refused::start)
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("scanner")
        .hasMessageContaining("offsets");
  }

  @Test
  void aTopicKeptOtherwiseStopsTheStart() throws Exception {
    KafkaAccess access = access("a");
    ConfigResource posts = new ConfigResource(ConfigResource.Type.TOPIC, Topics.POSTS);
    access
        .admin()
        .incrementalAlterConfigs(
            Map.of(
                posts,
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
        .all()
        .get();
    await(() -> policy(access, posts).equals("delete"));
    assertThatThrownBy(() -> access("b"))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining(Topics.POSTS)
        .hasMessageContaining("would lose the archive");
  }

  @Test
  void aTransactionThatWouldExpireIsWrittenInParts() {
    KafkaAccess access = access("a");
    access.start();
    for (int i = 0; i < 14; i++) {
      publish(access, "mail " + i);
    }
    // all fourteen in one transaction would take longer than a transaction may
    run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            Prepared copy = super.prepare(record);
            return transaction -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(900));
              copy.write(transaction);
            };
          }
        });
    await(() -> read(access, Topics.LISTS).size() >= 14);
    assertThat(read(access, Topics.LISTS)).hasSize(14).doesNotHaveDuplicates();
  }

  @Test
  void aMailTooDeepForAParserIsSetAside() {
    KafkaAccess access = access("a");
    access.start();
    run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            if (text(record).equals("deep")) {
              throw new StackOverflowError();
            }
            return super.prepare(record);
          }
        });
    publish(access, "deep");
    publish(access, "after");
    await(() -> read(access, Topics.LISTS).equals(List.of("after")));
    await(() -> !records(access, Topics.DEAD_LETTERS).isEmpty());
    assertThat(access.ended()).isEmpty();
  }

  @Test
  void aStageThatEndsForGoodIsSaid() {
    KafkaAccess access = access("a");
    access.start();
    run(
        access,
        "scanner",
        new Copy() {
          @Override
          public Prepared prepare(InRecord record) {
            throw new NoClassDefFoundError("org/milena/Missing");
          }
        });
    assertThat(access.ended()).isEmpty();
    publish(access, "one");
    await(() -> access.ended().containsKey("scanner"));
    assertThat(access.ended().get("scanner")).contains("org/milena/Missing");
  }

  @Test
  void receivedMailIsFlushedWithEachAppendWhereThereIsOneReplica() {
    KafkaAccess access = access("a");
    ConfigResource received = new ConfigResource(ConfigResource.Type.TOPIC, Topics.RECEIVED);
    ConfigResource posts = new ConfigResource(ConfigResource.Type.TOPIC, Topics.POSTS);
    assertThat(setting(access, received, "flush.messages")).isEqualTo("1");
    assertThat(setting(access, posts, "flush.messages")).isNotEqualTo("1");
    assertThat(setting(access, received, "retention.ms")).isEqualTo("-1");
  }

  @Test
  void refusesATopicWithOtherPartitions() throws Exception {
    KafkaAccess access = access("a");
    int more = access.partitions(Topics.LISTS) + 1;
    access
        .admin()
        .createPartitions(Map.of(Topics.LISTS, NewPartitions.increaseTo(more)))
        .all()
        .get();
    await(() -> refusal().contains(more + " where"));
    assertThat(refusal()).contains(Topics.LISTS, "partitions");
  }

  private String refusal() {
    try {
      access("b");
      return "";
    } catch (UnfitException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String policy(KafkaAccess access, ConfigResource topic) {
    return setting(access, topic, "cleanup.policy");
  }

  private static String setting(KafkaAccess access, ConfigResource topic, String name) {
    try {
      Config config =
          access
              .admin()
              .describeConfigs(List.of(topic))
              .all()
              .get()
              .getOrDefault(topic, new Config(List.of()));
      return config.entries().stream()
          .filter(entry -> entry.name().equals(name))
          .map(ConfigEntry::value)
          .findFirst()
          .orElse("");
    } catch (Exception e) {
      throw new AssertionError("the broker does not tell", e);
    }
  }

  private static class Copy implements Stage {
    @Override
    public String name() {
      return "scanner";
    }

    @Override
    public String topic() {
      return Topics.RECEIVED;
    }

    @Override
    public Prepared prepare(InRecord record) {
      return transaction -> transaction.send(OutRecord.of(Topics.LISTS, "list", record.value()));
    }
  }

  private static final class Counting extends Copy {
    private final String instance;
    private final Map<String, AtomicInteger> by;

    Counting(String instance, Map<String, AtomicInteger> by) {
      this.instance = instance;
      this.by = by;
    }

    @Override
    public Prepared prepare(InRecord record) {
      by.computeIfAbsent(instance, _ -> new AtomicInteger()).incrementAndGet();
      return super.prepare(record);
    }
  }

  private static String text(InRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private KafkaAccess access(String instance) {
    KafkaAccess access = SharedBroker.kafkaAccess(broker.bootstrapServers(), instance);
    accesses.add(access);
    return access;
  }

  private SmartLifecycle run(KafkaAccess access, String name, Stage stage) {
    assertThat(stage.name()).isEqualTo(name);
    SmartLifecycle lifecycle = access.stage(stage, new StageOptions(8, 100));
    lifecycle.start();
    stages.add(lifecycle);
    return lifecycle;
  }

  private static void publish(KafkaAccess access, String text) {
    var unused =
        access
            .publisher()
            .publish(OutRecord.of(Topics.RECEIVED, null, text.getBytes(StandardCharsets.UTF_8)))
            .join();
  }

  private static long lag(KafkaAccess access, String stage) {
    return access.pipeline().look().stream()
        .filter(state -> state.stage().equals(stage))
        .mapToLong(state -> state.lag())
        .sum();
  }

  private static List<String> read(KafkaAccess access, String topic) {
    return records(access, topic).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static List<ConsumerRecord<String, byte[]>> records(KafkaAccess access, String topic) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = access.assigningConsumer(Map.of())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int i = 0; i < access.partitions(topic); i++) {
        partitions.add(new TopicPartition(topic, i));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not happen within " + LIMIT);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }
}
