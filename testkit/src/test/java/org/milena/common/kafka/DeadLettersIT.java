package org.milena.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.operations.DeadLetter;
import org.milena.common.operations.DeadLetterBox;
import org.milena.common.operations.ReplayOutcome;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;

/** A dead letter goes on its way again once: not never, and not twice. */
class DeadLettersIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final RecordPosition ORIGIN = new RecordPosition(Topics.RECEIVED, 1, 7);

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final List<KafkaAccess> accesses = new ArrayList<>();
  private final KafkaAccess access = access("a");
  private final DeadLetterBox letters = access.deadLetters();

  @BeforeEach
  void setOneAside() {
    setAside(
        new InRecord(
            ORIGIN,
            "key",
            "mail".getBytes(StandardCharsets.UTF_8),
            Map.of(RecordHeaders.TYPE, "received-mail/1".getBytes(StandardCharsets.UTF_8)),
            NOW));
  }

  @AfterEach
  void close() {
    accesses.forEach(KafkaAccess::close);
    broker.close();
  }

  @Test
  void goesWhereItCameFromAsItWasAndIsNoted() {
    ReplayOutcome outcome = letters.replay("0", "admin");
    assertThat(outcome).isInstanceOf(ReplayOutcome.Replayed.class);
    ConsumerRecord<String, byte[]> record = only(Topics.RECEIVED);
    assertThat(record.partition()).isEqualTo(ORIGIN.partition());
    assertThat(record.key()).isEqualTo("key");
    assertThat(record.value()).asString().isEqualTo("mail");
    assertThat(record.headers().toArray())
        .extracting(Header::key)
        .containsExactly(RecordHeaders.TYPE);
    DeadLetter shown = letters.list("", 10).getFirst();
    assertThat(shown.replayedAt()).isNotNull();
    assertThat(outcome)
        .isEqualTo(
            new ReplayOutcome.Replayed(
                shown, new RecordPosition(Topics.RECEIVED, 1, record.offset())));
  }

  @Test
  void goesOnceWhoeverAsks() {
    letters.replay("0", "admin");
    Instant then = Objects.requireNonNull(letters.list("", 10).getFirst().replayedAt());
    assertThat(letters.replay("0", "eve"))
        .isEqualTo(new ReplayOutcome.AlreadyReplayed(then, "admin"));
    assertThat(access("b").deadLetters().replay("0", "eve"))
        .isEqualTo(new ReplayOutcome.AlreadyReplayed(then, "admin"));
    assertThat(read(Topics.RECEIVED)).hasSize(1);
  }

  @Test
  void goesOnceThoughManyAskAtOnceOnTwoInstances() throws Exception {
    List<DeadLetterBox> boxes = List.of(letters, access("b").deadLetters());
    List<Callable<ReplayOutcome>> wishes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      DeadLetterBox box = boxes.get(i % boxes.size());
      String by = "operator" + i;
      wishes.add(() -> untilAnswered(box, by));
    }
    List<ReplayOutcome> outcomes = new ArrayList<>();
    try (ExecutorService operators = Executors.newFixedThreadPool(wishes.size())) {
      for (Future<ReplayOutcome> wish : operators.invokeAll(wishes)) {
        outcomes.add(wish.get());
      }
    }
    assertThat(outcomes).filteredOn(ReplayOutcome.Replayed.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(ReplayOutcome.AlreadyReplayed.class::isInstance).hasSize(5);
    assertThat(read(Topics.RECEIVED)).hasSize(1);
  }

  @Test
  void aReplayThatDiedHalfWayIsAsIfItNeverWas() {
    try (KafkaProducer<String, byte[]> dead = KafkaDeadLetters.writer(access.settings())) {
      dead.initTransactions();
      dead.beginTransaction();
      Transaction half = new Transaction(dead, access.records());
      half.send(OutRecord.of(Topics.RECEIVED, "key", new byte[] {1}).inPartition(1));
      half.send(
          OutRecord.of(Topics.SITE, "replayed/0", MailJson.bytes(new SiteFact(NOW + " operator")))
              .withHeader(RecordHeaders.TYPE, RecordType.ROW.label()));
      half.finish();

      assertThat(letters.replay("0", "admin")).isInstanceOf(ReplayOutcome.Replayed.class);
      assertThat(only(Topics.RECEIVED).value()).asString().isEqualTo("mail");
      assertThatThrownBy(dead::commitTransaction).isInstanceOf(KafkaException.class);
    }
    assertThat(read(Topics.RECEIVED)).hasSize(1);
  }

  @Test
  void knowsOnlyWhatWasSetAside() {
    for (String id : List.of("1", "99", "-1", "00", "x", "")) {
      assertThat(letters.replay(id, "admin")).as(id).isEqualTo(new ReplayOutcome.Unknown());
    }
    assertThat(read(Topics.RECEIVED)).isEmpty();
  }

  @Test
  void whatAStageTookBackIsNoLetter() {
    try (KafkaProducer<String, byte[]> stage = access.transactionalProducer("scanner")) {
      stage.initTransactions();
      stage.beginTransaction();
      new Transaction(stage, access.records())
          .send(
              DeadLetters.of(
                  "scanner", new InRecord(ORIGIN, "k", new byte[3], Map.of(), NOW), "x", 5, NOW));
      stage.flush();
      stage.abortTransaction();
    }
    assertThat(letters.replay("1", "admin")).isEqualTo(new ReplayOutcome.Unknown());
    assertThat(letters.list("", 10)).hasSize(1);
  }

  @Test
  void showsTheNewestFirst() {
    for (int i = 1; i < 10; i++) {
      setAside(new InRecord(ORIGIN, "k" + i, new byte[i], Map.of(), NOW));
    }
    assertThat(letters.newest(3)).extracting(DeadLetter::id).containsExactly("9", "8", "7");
    assertThat(letters.newest(100)).hasSize(10).extracting(DeadLetter::id).startsWith("9");
  }

  @Test
  void aDeletionStaysADeletion() {
    setAside(new InRecord(ORIGIN, "gone", null, Map.of(), NOW));
    assertThat(letters.replay("1", "admin")).isInstanceOf(ReplayOutcome.Replayed.class);
    assertThat(only(Topics.RECEIVED).value()).isNull();
  }

  private static ReplayOutcome untilAnswered(DeadLetterBox box, String by) {
    while (true) {
      try {
        return box.replay("0", by);
      } catch (OutageException e) {
        assertThat(e).hasMessageContaining("to try again says so"); // another instance was at it
      }
    }
  }

  private void setAside(InRecord record) {
    var unused =
        access.publisher().publish(DeadLetters.of("scanner", record, "broken", 5, NOW)).join();
  }

  private KafkaAccess access(String instance) {
    KafkaAccess made = SharedBroker.kafkaAccess(broker.bootstrapServers(), instance);
    accesses.add(made);
    made.start();
    return made;
  }

  private ConsumerRecord<String, byte[]> only(String topic) {
    List<ConsumerRecord<String, byte[]>> found = read(topic);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** What is committed, once every transaction that is open now has ended. */
  private List<ConsumerRecord<String, byte[]>> read(String topic) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    try (KafkaConsumer<String, byte[]> consumer = access.assigningConsumer(Map.of())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int i = 0; i < access.partitions(topic); i++) {
        partitions.add(new TopicPartition(topic, i));
        latest.put(partitions.getLast(), OffsetSpec.latest());
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>();
      TopicKeeper.await(access.admin().listOffsets(latest).all(), "asking for the end")
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }
}
