package org.milena.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.milena.scanner.ReceivedMail.USERS;
import static org.milena.scanner.ReceivedMail.post;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailMeta;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.QuarantineDigest;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.quarantine.ActOutcome;
import org.milena.scanner.quarantine.QuarantineEntry;
import org.milena.scanner.quarantine.QuarantineFilter;
import org.milena.scanner.quarantine.ReleaseWish;
import org.milena.scanner.scan.SampleMail;
import org.milena.testkit.kafka.SharedBroker;

/** The scanner on a real broker with a real clamd that fails in the middle. */
@Timeout(240)
class ScannerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private EmbeddedKafka broker;
  private ClamdServer clamd;

  @BeforeEach
  void start() {
    broker = SharedBroker.fresh();
    clamd = ClamdServer.start();
  }

  @AfterEach
  void stop() {
    clamd.close();
    broker.close();
  }

  @Test
  void mailWaitsWhileTheEngineIsAwayAndGoesOnByItself() {
    try (ScannerProcess scanner = process("one")) {
      TopicReader topics = new TopicReader(scanner.kafka);
      Set<MailId> before = publish(scanner, 20, "hello");
      await().atMost(PATIENCE).until(() -> passed(topics).size() == before.size());

      clamd.freeze();
      Set<MailId> during = publish(scanner, 20, "hello");
      Set<MailId> infected = publish(scanner, 3, SampleMail.EICAR);
      // long enough for several tries
      await()
          .during(Duration.ofSeconds(8))
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            assertThat(passed(topics)).containsExactlyInAnyOrderElementsOf(before);
            // what the built-in checks call infected needs no second word
            assertThat(infected).containsAll(quarantined(topics));
          });
      clamd.thaw();
      Set<MailId> clean = union(before, during);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            assertThat(passed(topics)).containsExactlyInAnyOrderElementsOf(clean);
            assertThat(quarantined(topics)).containsExactlyInAnyOrderElementsOf(infected);
          });

      clamd.kill();
      Set<MailId> later = publish(scanner, 20, "hello");
      await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(passed(topics)).hasSize(clean.size()));
      clamd.startAgain();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(passed(topics)).containsExactlyInAnyOrderElementsOf(union(clean, later)));

      assertThat(topics.all(Topics.DEAD_LETTERS)).isEmpty();
      for (InRecord record : topics.all(Topics.LISTS)) {
        MailMeta meta = MailRecords.meta(record, MailMeta.class);
        assertThat(meta.scan()).isNotNull();
        assertThat(meta.scan().verdict()).isEqualTo(Verdict.CLEAN);
        assertThat(meta.scan().engines())
            .extracting(engine -> engine.engine())
            .containsExactly("builtin", "clamd");
      }
    }
  }

  @Test
  void mailThatAHealthyEngineRefusesIsUnscannable() {
    try (ClamdServer small = ClamdServer.start("64K");
        ScannerProcess scanner =
            new ScannerProcess(broker.bootstrapServers(), "one", small.tcp())) {
      TopicReader topics = new TopicReader(scanner.kafka);
      Set<MailId> large = publish(scanner, 1, "x".repeat(200_000));
      Set<MailId> behind = publish(scanner, 10, "hello");
      await().atMost(PATIENCE).until(() -> passed(topics).size() == behind.size());
      await().atMost(PATIENCE).until(() -> quarantined(topics).size() == 1);
      assertThat(quarantined(topics)).containsExactlyElementsOf(large);
      QuarantineMeta kept =
          MailRecords.meta(topics.all(Topics.QUARANTINE).getFirst(), QuarantineMeta.class);
      assertThat(kept.mail().scan()).isNotNull();
      assertThat(kept.mail().scan().verdict()).isEqualTo(Verdict.UNSCANNABLE);
      assertThat(topics.all(Topics.DEAD_LETTERS)).isEmpty();
    }
  }

  @Test
  void twoInstancesReleaseAMailOnceHoweverOftenTheyAreAsked() {
    try (ScannerProcess one = process("one");
        ScannerProcess two = process("two")) {
      TopicReader topics = new TopicReader(one.kafka);
      Set<MailId> infected = publish(one, 5, SampleMail.EICAR);
      await().atMost(PATIENCE).until(() -> one.index.kept() == 5 && two.index.kept() == 5);
      List<CompletableFuture<ActOutcome>> clicks = new ArrayList<>();
      for (MailId id : infected) {
        for (ScannerProcess process : List.of(one, two, one, two)) {
          clicks.add(
              CompletableFuture.supplyAsync(
                  () -> process.quarantine.release(id, "anna", new ReleaseWish(true, null))));
        }
      }
      clicks.forEach(click -> assertThat(click.join()).isInstanceOf(ActOutcome.Done.class));
      await().atMost(PATIENCE).until(() -> passed(topics).size() >= infected.size());
      Set<MailId> behind = publish(one, 5, "hello");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(passed(topics))
                  .containsExactlyInAnyOrderElementsOf(union(infected, behind)));
      assertThat(
              two.quarantine.list(QuarantineEntry.State.RELEASED, QuarantineFilter.ALL, null, 10))
          .hasSize(5);
      assertThat(topics.all(Topics.DEAD_LETTERS)).isEmpty();
    }
    // an instance that starts anew reads the same decisions from the log
    try (ScannerProcess three = process("three")) {
      await().atMost(PATIENCE).until(() -> three.index.newest(null, _ -> true, 9).size() == 5);
      await().atMost(PATIENCE).until(() -> three.index.kept() == 0);
    }
  }

  @Test
  void aReleaseAsksTheEnginesAsTheyAreNow() {
    try (ScannerProcess one = process("one")) {
      TopicReader topics = new TopicReader(one.kafka);
      MailId infected = publish(one, 1, SampleMail.EICAR).iterator().next();
      await().atMost(PATIENCE).until(() -> one.index.kept() == 1);
      assertThat(one.quarantine.release(infected, "anna", ReleaseWish.PLAIN))
          .isInstanceOfSatisfying(
              ActOutcome.StillInfected.class,
              refused ->
                  assertThat(refused.now().engines())
                      .extracting(engine -> engine.verdict())
                      .containsOnly(Verdict.INFECTED));
      assertThat(topics.all(Topics.QUARANTINE)).as("nothing is decided").hasSize(1);

      clamd.kill();
      // the built-in checks know it, so that is what counts, engine or no engine
      assertThat(one.quarantine.release(infected, "anna", ReleaseWish.PLAIN))
          .isInstanceOf(ActOutcome.StillInfected.class);
      clamd.startAgain();
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(OutageException.class)
          .until(() ->
              one.quarantine.release(infected, "anna", new ReleaseWish(true, "for the police"))
                  instanceof ActOutcome.Done);
      await().atMost(PATIENCE).until(() -> passed(topics).equals(List.of(infected)));
      MailMeta released = MailRecords.meta(topics.all(Topics.LISTS).getFirst(), MailMeta.class);
      assertThat(released.scan()).isNotNull();
      assertThat(released.scan().releasedBy()).isEqualTo("anna");
      QuarantineAct act =
          MailRecords.json(topics.all(Topics.QUARANTINE).getLast(), QuarantineAct.class);
      assertThat(act.note()).isEqualTo("for the police");
      assertThat(act.report()).isNotNull();
      assertThat(released.scan().scannedAt()).isEqualTo(act.report().scannedAt());
    }
  }

  @Test
  void twoInstancesTellOwnersOfEveryMailOnceAlsoWhenOneIsStoppedInBetween() {
    Duration period = Duration.ofSeconds(2);
    Set<MailId> kept = new HashSet<>();
    try (ScannerProcess one = digesting("one", period)) {
      TopicReader topics = new TopicReader(one.kafka);
      for (int round = 0; round < 3; round++) {
        try (ScannerProcess two = digesting("two", period)) {
          kept.addAll(publish(two, 4, SampleMail.EICAR));
          int expected = kept.size();
          await().atMost(PATIENCE).until(() -> one.index.kept() == expected);
          await().atMost(PATIENCE).until(() -> told(topics).size() >= expected);
        }
      }
      kept.addAll(publish(one, 4, SampleMail.EICAR));
      await().atMost(PATIENCE).until(() -> told(topics).size() >= kept.size());
      await()
          .during(period.multipliedBy(2))
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(told(topics)).hasSize(kept.size()));
      assertThat(told(topics))
          .containsExactlyInAnyOrderElementsOf(kept.stream().map(MailId::toString).toList());
      List<QuarantineDigest> ticks =
          topics.all(Topics.QUARANTINE).stream()
              .filter(record -> MailRecords.type(record) == RecordType.QUARANTINE_DIGEST)
              .map(record -> MailRecords.json(record, QuarantineDigest.class))
              .toList();
      long periods = ticks.stream().map(QuarantineDigest::until).distinct().count();
      assertThat(topics.all(Topics.OUTGOING)).hasSizeLessThanOrEqualTo((int) periods);
      assertThat(topics.all(Topics.DELIVERIES))
          .hasSameSizeAs(topics.all(Topics.OUTGOING))
          .allSatisfy(record ->
              assertThat(MailRecords.json(record, Delivery.class).recipients())
                  .containsExactly(MailAddress.of("olga@example.net")));
      assertThat(topics.all(Topics.DEAD_LETTERS)).isEmpty();
    }
  }

  private ScannerProcess digesting(String instance, Duration period) {
    return new ScannerProcess(
        broker.bootstrapServers(),
        instance,
        ScannerProcess.Fittings.digestEvery(period),
        clamd.unix());
  }

  /** The ids that stand in mails to owners, as often as they stand there. */
  private static List<String> told(TopicReader topics) {
    return topics.all(Topics.OUTGOING).stream()
        .flatMap(record -> SampleMail.text(MailRecords.message(record)).lines())
        .filter(line -> line.matches("[0-9a-f-]{36}"))
        .toList();
  }

  private ScannerProcess process(String instance) {
    return new ScannerProcess(broker.bootstrapServers(), instance, clamd.unix());
  }

  private static Set<MailId> publish(ScannerProcess scanner, int count, String body) {
    Set<MailId> ids = new HashSet<>();
    List<CompletableFuture<?>> acknowledged = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MailId id = ReceivedMail.nextId();
      // each another one: what was read before is not read again
      RawMessage message = SampleMail.mail("\r\n" + body + "\r\n" + id + "\r\n");
      acknowledged.add(
          scanner
              .kafka
              .publisher()
              .publish(ReceivedMail.record(ReceivedMail.meta(id, message, post(USERS)), message)));
      ids.add(id);
    }
    acknowledged.forEach(CompletableFuture::join);
    return ids;
  }

  /** The mails on the way to their list, as often as they stand there. */
  private static List<MailId> passed(TopicReader topics) {
    return topics.all(Topics.LISTS).stream()
        .map(record -> MailRecords.meta(record, MailMeta.class).mailId())
        .toList();
  }

  private static List<MailId> quarantined(TopicReader topics) {
    return topics.all(Topics.QUARANTINE).stream()
        .filter(record -> MailRecords.type(record) == RecordType.QUARANTINED_MAIL)
        .map(record -> MailRecords.meta(record, QuarantineMeta.class).mail().mailId())
        .toList();
  }

  private static Set<MailId> union(Set<MailId> some, Set<MailId> others) {
    Set<MailId> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
