package org.milena.egress.kafka;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.event.Deferral;
import org.milena.common.event.Delivery;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Topics;
import org.milena.common.event.UnsubscribeLink;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.TableSpec;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.MailRecords;
import org.milena.common.table.Table;
import org.milena.common.token.Keyring;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.egress.content.ContentShelf;
import org.milena.egress.dns.Dns;
import org.milena.egress.dsn.FailureNotices;
import org.milena.egress.job.Holding;
import org.milena.egress.job.Suppressions;
import org.milena.egress.net.NetSettings;
import org.milena.egress.net.Sites;
import org.milena.egress.personal.Personalizer;
import org.milena.egress.queue.MailQueue;
import org.milena.egress.retry.RetrySchedule;
import org.milena.egress.retry.Sentence;
import org.milena.egress.session.Timeouts;
import org.milena.testkit.kafka.SharedBroker;

/** One instance of egress against a broker and a smarthost. */
final class EgressRig implements AutoCloseable {
  static final ListId LIST = ListId.of("users.lists.example.org");
  static final Keyring KEYS =
      new Keyring(Map.of('a', "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)));

  final KafkaAccess access;
  final Table<Deferral> rows;
  final Sites sites;
  final EgressLoop loop;
  final MailQueue queue;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private boolean closed;

  static NetSettings net() {
    return new NetSettings(
        "us.example",
        true,
        new Timeouts(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5)),
        5,
        20,
        100,
        500,
        50,
        Duration.ofSeconds(10),
        5000,
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        false);
  }

  EgressRig(String broker, String instance, int smarthostPort, InstantSource clock) {
    this(broker, instance, smarthostPort, clock, _ -> Optional.empty());
  }

  EgressRig(
      String broker,
      String instance,
      int smarthostPort,
      InstantSource clock,
      Suppressions suppressions) {
    access = SharedBroker.kafkaAccess(broker, instance);
    rows = access.table(new TableSpec<>(Topics.DEFERRED, Deferral.class));
    access.start();
    sites =
        new Sites(
            net(),
            Dns.smarthost("127.0.0.1", smarthostPort),
            new ContentShelf(access.mailReader(), 64L << 20),
            new Personalizer(new VerpTags(KEYS), new SignedTokens(KEYS, clock), clock),
            meters);
    LoopMeters loopMeters = new LoopMeters(meters);
    LoopSettings standard = LoopSettings.standard();
    Sentence sentence = new Sentence(RetrySchedule.standard(), clock, new Random(1));
    loop =
        new EgressLoop(
            new LoopSettings(
                standard.maxInHand(),
                standard.maxPolled(),
                Integer.getInteger("unkept", standard.maxUnkept()),
                standard.maxUnkeptAge(),
                standard.patience()),
            access,
            sites,
            new Holding.Tools(rows, sentence, suppressions, clock, loopMeters),
            new FailureNotices(
                "us.example",
                MailAddress.of("postmaster@lists.example.org"),
                access.mailReader(),
                clock,
                new Random()),
            loopMeters);
    queue =
        new MailQueue(rows, access.publisher(), () -> access.partitions(Topics.DELIVERIES), clock);
  }

  EgressRig start() {
    loop.start();
    return this;
  }

  /** Writes the message of a post; a pointer at it. */
  MailPointer content(String text) {
    MailId id = MailId.next(InstantSource.system(), new Random());
    RawMessage message = RawMessage.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    RecordPosition position =
        access
            .publisher()
            .publish(
                MailRecords.mail(
                    Topics.OUTGOING,
                    LIST.value(),
                    RecordType.OUTGOING_MAIL,
                    new OutgoingMeta(
                        id, LIST, OutgoingMeta.Kind.POST, new MailMeta.BodyFacts(false, false)),
                    id,
                    message))
            .join();
    return new MailPointer(position, id, message.sha256());
  }

  static List<MailAddress> people(int number, String domain) {
    return IntStream.range(0, number)
        .mapToObj(i -> MailAddress.of("member" + i + "@" + domain))
        .toList();
  }

  static Delivery post(MailPointer content, List<MailAddress> recipients, Instant since) {
    return new Delivery(
        content,
        OutgoingMeta.Kind.POST,
        LIST,
        recipients.getFirst().domain(),
        new ReturnPath.Verp(MailAddress.of("users-bounces@lists.example.org")),
        new UnsubscribeLink(
            "https://lists.example.org/unsubscribe/",
            MailAddress.of("users-unsubscribe@lists.example.org")),
        recipients,
        since);
  }

  static Delivery relay(MailPointer content, List<MailAddress> recipients, Instant since) {
    return new Delivery(
        content,
        OutgoingMeta.Kind.RELAY,
        null,
        recipients.getFirst().domain(),
        new ReturnPath.Fixed(org.milena.common.mail.ReversePath.of("author@else.example")),
        null,
        recipients,
        since);
  }

  /** A relayed mail whose sender is told when it fails. */
  static Delivery answerable(MailPointer content, List<MailAddress> recipients, Instant since) {
    Delivery silent = relay(content, recipients, since);
    return new Delivery(
        content,
        silent.kind(),
        null,
        silent.destination(),
        silent.returnPath(),
        null,
        recipients,
        since,
        MailAddress.of("author@else.example"));
  }

  /** The reports of failure that were written. */
  List<String> notices() {
    List<String> all = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : read(Topics.OUTGOING)) {
      OutgoingMeta meta =
          MailJson.read(
              record.headers().lastHeader(RecordHeaders.META).value(), OutgoingMeta.class);
      if (meta.kind() == OutgoingMeta.Kind.NOTICE) {
        all.add(new String(record.value(), StandardCharsets.UTF_8));
      }
    }
    return all;
  }

  RecordPosition deliver(Delivery delivery) {
    return access
        .publisher()
        .publish(
            MailRecords.json(
                Topics.DELIVERIES, delivery.destination(), RecordType.DELIVERY, delivery))
        .join();
  }

  /** All results on the log. */
  List<DeliveryResult> results() {
    List<DeliveryResult> all = new ArrayList<>();
    read(Topics.DELIVERY_RESULTS)
        .forEach(record -> all.add(MailJson.read(record.value(), DeliveryResult.class)));
    return all;
  }

  /** How often each recipient has been relayed. */
  Map<String, Integer> relayed() {
    Map<String, Integer> counts = new HashMap<>();
    for (DeliveryResult result : results()) {
      for (DeliveryResult.Recipient recipient : result.recipients()) {
        if (recipient.outcome() instanceof RecipientOutcome.Relayed) {
          counts.merge(result.mailId() + " " + recipient.address(), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  List<ConsumerRecord<String, byte[]>> read(String topic) {
    List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> reader = access.assigningConsumer(Map.of())) {
      List<TopicPartition> partitions =
          IntStream.range(0, access.partitions(topic))
              .mapToObj(number -> new TopicPartition(topic, number))
              .toList();
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> reader.position(p) < ends.getOrDefault(p, 0L))) {
        reader.poll(Duration.ofMillis(50)).forEach(all::add);
      }
    }
    return all;
  }

  /** Uncommitted deliveries of the group. */
  long lag() {
    try {
      Map<TopicPartition, Long> committed = new HashMap<>();
      access
          .admin()
          .listConsumerGroupOffsets("egress")
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> committed.put(partition, offset.offset()));
      long lag = 0;
      try (KafkaConsumer<String, byte[]> reader = access.assigningConsumer(Map.of())) {
        for (var end : reader.endOffsets(committed.keySet()).entrySet()) {
          lag += end.getValue() - committed.getOrDefault(end.getKey(), 0L);
        }
      }
      return lag;
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for something, as long as a test may. */
  static void await(String what, Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + atMost + ": " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      loop.stop();
      sites.close();
      access.close();
    }
  }
}
