package org.milena.egress.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.event.DeadLetterMeta;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.OutRecord;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.engines.kafka.EmbeddedKafkaSettings;
import org.milena.testkit.file.TemporaryFolder;
import org.milena.testkit.kafka.CutLog;
import org.milena.testkit.kafka.SharedBroker;
import org.milena.testkit.sink.SinkAction;
import org.milena.testkit.sink.SinkMessage;
import org.milena.testkit.sink.SinkMta;
import org.milena.testkit.sink.SinkOptions;
import org.milena.testkit.sink.SinkPhase;
import org.milena.testkit.sink.SinkReport;
import org.milena.testkit.sink.SinkRules;

class EgressIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String POST =
      "Message-ID: <%s@example.org>\r\nSubject: hello\r\n\r\n.a line with a dot\r\n";

  private final SinkRules rules = new SinkRules();
  private final ManualClock clock = new ManualClock();
  private EmbeddedKafka broker;
  private SinkMta sink;

  @BeforeEach
  void start() {
    broker = SharedBroker.fresh();
    sink = SinkMta.start(SinkOptions.standard().withPolicy(rules));
  }

  @AfterEach
  void stop() {
    sink.close();
    broker.close();
  }

  private EgressRig rig(String instance, InstantSource time) {
    return new EgressRig(broker.bootstrapServers(), instance, sink.port(), time);
  }

  @Test
  void deliversAPostToFiftyWithAReturnPathOfTheirOwn() {
    try (EgressRig rig = rig("one", InstantSource.system()).start()) {
      MailPointer content = rig.content(POST.formatted("p1"));
      List<MailAddress> people = EgressRig.people(50, "x.example");
      rig.deliver(EgressRig.post(content, people, clockNow()));
      sink.await(SOON, report -> report.recipients() == 50);
      EgressRig.await(
          "results and offset", SOON, () -> rig.relayed().size() == 50 && rig.lag() == 0);
      SinkReport report = sink.report();
      assertThat(report.duplicates()).isZero();
      assertThat(report.bareLineEnds()).isZero();
      assertThat(report.connections()).isLessThanOrEqualTo(20);
      SinkMessage one = sink.messages().getFirst();
      assertThat(one.reversePath()).matches("<users-bounces\\+[a-z2-7]{25}@lists.example.org>.*");
      assertThat(one.text())
          .startsWith("List-Unsubscribe: <https://lists.example.org/unsubscribe/")
          .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
          .endsWith(POST.formatted("p1"));
      assertThat(sink.messages().stream().map(SinkMessage::reversePath).distinct()).hasSize(50);
      assertThat(rig.rows.size()).isZero();
    }
  }

  @Test
  void sendsWhatCameInThePlaceOfDeliveriesThatALossOfPowerTook(@TempDir Path folder) {
    broker.close();
    broker = SharedBroker.at(folder);
    List<MailAddress> people = EgressRig.people(3, "x.example");
    try (EgressRig rig = rig("one", InstantSource.system()).start()) {
      for (int number = 0; number < 4; number++) {
        MailPointer content = rig.content(POST.formatted("before" + number));
        rig.deliver(EgressRig.post(content, people, clockNow()));
      }
      EgressRig.await("all", SOON, () -> rig.relayed().size() == 12 && rig.lag() == 0);
    }
    broker.close();
    assertThat(CutLog.leave(folder, Topics.DELIVERIES, 1)).isPositive();
    broker = SharedBroker.at(folder);
    try (EgressRig rig = rig("one", InstantSource.system())) {
      // they get the ids of lost ones, which have results for the same recipients
      for (int number = 0; number < 6; number++) {
        MailPointer content = rig.content(POST.formatted("after" + number));
        rig.deliver(EgressRig.post(content, people, clockNow()));
      }
      rig.start();
      EgressRig.await("all", SOON, () -> rig.relayed().size() == 30 && rig.lag() == 0);
      assertThat(rig.relayed().values()).allMatch(times -> times == 1);
    }
  }

  private static Instant clockNow() {
    return InstantSource.system().instant();
  }

  @Test
  void sendsARelayedMailToManyInOneTransaction() {
    try (EgressRig rig = rig("one", InstantSource.system()).start()) {
      MailPointer content = rig.content(POST.formatted("p2"));
      rig.deliver(EgressRig.relay(content, EgressRig.people(120, "x.example"), clockNow()));
      sink.await(SOON, report -> report.recipients() == 120);
      EgressRig.await("results", SOON, () -> rig.relayed().size() == 120);
      assertThat(sink.report().messages()).isBetween(3L, 5L);
      assertThat(sink.messages().getFirst().reversePath()).startsWith("<author@else.example>");
    }
  }

  @Test
  void keepsTheOutcomeOfEachRecipient() {
    rules
        .on(SinkPhase.RCPT, "member1@", SinkAction.reply("550 5.1.1 no such user"))
        .on(SinkPhase.RCPT, "member2@", 0, 1, SinkAction.reply("450 4.2.1 busy"));
    clock.now = Instant.parse("2026-01-01T00:00:00Z");
    try (EgressRig rig = rig("one", clock).start()) {
      MailPointer content = rig.content(POST.formatted("p3"));
      rig.deliver(EgressRig.relay(content, EgressRig.people(4, "x.example"), clock.instant()));
      sink.await(SOON, report -> report.recipients() == 2);
      EgressRig.await("a deferred row", SOON, () -> rig.rows.size() == 1 && rig.lag() == 0);
      assertThat(rig.queue.list(null, "", 10).getFirst().getValue())
          .satisfies(row -> {
            assertThat(row.recipient()).isEqualTo(MailAddress.of("member2@x.example"));
            assertThat(row.attempts()).isEqualTo(1);
            assertThat(row.status()).isEqualTo("4.2.1");
            assertThat(Duration.between(clock.instant(), row.nextTry()).toSeconds())
                .isBetween(48L, 72L);
          });
      assertThat(rig.results())
          .flatExtracting(result -> result.recipients())
          .filteredOn(one -> one.outcome() instanceof RecipientOutcome.Failed)
          .singleElement()
          .matches(one -> one.address().equals(MailAddress.of("member1@x.example")));

      clock.now = clock.now.plusSeconds(75);
      sink.await(SOON, report -> report.recipients() == 3);
      EgressRig.await("no row", SOON, () -> rig.rows.size() == 0 && rig.relayed().size() == 3);
      assertThat(sink.report().duplicates()).isZero();
    }
  }

  @Test
  void tellsAProvenSenderOnceWhoDidNotGetTheMail() {
    rules.on(SinkPhase.RCPT, "member1@", SinkAction.reply("550 5.1.1 no such user"));
    rules.on(SinkPhase.RCPT, "member2@", SinkAction.reply("553 5.1.3 never heard"));
    try (EgressRig rig = rig("one", InstantSource.system()).start()) {
      MailPointer content = rig.content(POST.formatted("d1"));
      rig.deliver(EgressRig.answerable(content, EgressRig.people(4, "x.example"), clockNow()));
      sink.await(SOON, report -> report.recipients() == 3);
      EgressRig.await("offset", SOON, () -> rig.lag() == 0 && rig.relayed().size() == 3);
      assertThat(rig.notices()).hasSize(1);
      SinkMessage told =
          sink.messages().stream()
              .filter(message -> message.reversePath().startsWith("<>"))
              .findFirst()
              .orElseThrow();
      assertThat(told.text())
          .contains(
              "To: author@else.example\r\n",
              "Auto-Submitted: auto-replied\r\n",
              "In-Reply-To: <d1@example.org>\r\n",
              "Content-Type: multipart/report; report-type=delivery-status;",
              "Reporting-MTA: dns; us.example\r\n",
              "X-Milena-Mail-Id: " + content.mailId() + "\r\n",
              "\r\nFinal-Recipient: rfc822; member1@x.example\r\nAction: failed\r\n"
                  + "Status: 5.1.1\r\nRemote-MTA: dns; 127.0.0.1\r\n"
                  + "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n",
              "\r\nFinal-Recipient: rfc822; member2@x.example\r\n",
              "Content-Type: text/rfc822-headers",
              "\r\nSubject: hello\r\n")
          .doesNotContain("member0@", "member3@", "a line with a dot");
      assertThat(rig.read(Topics.EVENTS))
          .filteredOn(record -> content.mailId().toString().equals(record.key()))
          .singleElement()
          .extracting(record -> MailJson.read(record.value(), MailEvent.class))
          .satisfies(event -> {
            assertThat(event.kind()).isEqualTo(MailEvent.Kind.NOTICE);
            assertThat(event.text()).startsWith("author@else.example is told of 2 failed");
            assertThat(event.messageId()).isEqualTo("d1@example.org");
          });
    }
  }

  @Test
  void tellsNobodyWhoIsNotNamed_andNobodyOfAReportThatFails() {
    rules
        .on(SinkPhase.RCPT, "member0@", SinkAction.reply("550 5.1.1 no such user"))
        .on(SinkPhase.RCPT, "author@", SinkAction.reply("550 5.1.1 no such user"));
    try (EgressRig rig = rig("one", InstantSource.system()).start()) {
      MailPointer content = rig.content(POST.formatted("d2"));
      rig.deliver(EgressRig.relay(content, EgressRig.people(1, "x.example"), clockNow()));
      EgressRig.await("a result", SOON, () -> rig.results().size() == 1 && rig.lag() == 0);
      assertThat(rig.notices()).isEmpty();
      rig.deliver(EgressRig.answerable(content, EgressRig.people(1, "y.example"), clockNow()));
      EgressRig.await("its report fails", SOON, () -> rig.results().size() == 3);
      EgressRig.await("offset", SOON, () -> rig.lag() == 0);
      assertThat(rig.notices()).hasSize(1);
      assertThat(sink.report().messages()).isZero();
    }
  }

  @Test
  void tellsASenderWhenItGivesUpAndWhenAnOperatorEndsIt() {
    rules.on(SinkPhase.RCPT, "member0@", SinkAction.reply("450 4.2.1 busy"));
    clock.now = Instant.parse("2026-01-01T00:00:00Z");
    try (EgressRig rig = rig("one", clock).start()) {
      MailPointer content = rig.content(POST.formatted("d3"));
      rig.deliver(EgressRig.answerable(content, EgressRig.people(1, "x.example"), clock.instant()));
      EgressRig.await("a row", SOON, () -> rig.rows.size() == 1);
      assertThat(rig.queue.giveUp(rig.queue.list(null, "", 9).getFirst().getKey(), "ada")).isTrue();
      EgressRig.await("told", SOON, () -> rig.notices().size() == 1 && rig.lag() == 0);
      assertThat(rig.notices().getFirst())
          .contains("The people who run this site have ended it.", "Status: 5.7.0")
          .doesNotContain("ada");
      rig.deliver(EgressRig.answerable(content, EgressRig.people(1, "y.example"), clock.instant()));
      EgressRig.await("a row", SOON, () -> rig.rows.size() == 1);
      clock.now = clock.now.plus(Duration.ofDays(5));
      EgressRig.await("told", SOON, () -> rig.notices().size() == 2 && rig.lag() == 0);
      assertThat(rig.notices())
          .anyMatch(notice ->
              notice.contains("gave up after 96 h")
                  && notice.contains("Diagnostic-Code: smtp; 450 4.2.1 busy"));
    }
  }

  @Test
  void triesAgainAtOnceWhenTold_andGivesUpWhenTold() {
    rules.on(SinkPhase.RCPT, SinkAction.reply("450 4.2.1 busy"));
    clock.now = Instant.parse("2026-01-01T00:00:00Z");
    try (EgressRig rig = rig("one", clock).start()) {
      MailPointer content = rig.content(POST.formatted("p4"));
      rig.deliver(EgressRig.relay(content, EgressRig.people(1, "x.example"), clock.instant()));
      rig.deliver(EgressRig.relay(content, EgressRig.people(1, "y.example"), clock.instant()));
      EgressRig.await("two rows", SOON, () -> rig.rows.size() == 2);
      assertThat(rig.queue.destinations()).hasSize(2);
      String given = rig.queue.list("y.example", "", 9).getFirst().getKey();
      assertThat(rig.queue.giveUp(given, "ada")).isTrue();
      EgressRig.await("one row", SOON, () -> rig.rows.size() == 1);
      assertThat(rig.results())
          .flatExtracting(result -> result.recipients())
          .filteredOn(one -> one.outcome() instanceof RecipientOutcome.Failed)
          .singleElement()
          .matches(
              one -> ((RecipientOutcome.Failed) one.outcome()).reason().contains("ended by ada"));
      rules.clear();
      rig.queue.retry("x.example", "ada");
      sink.await(SOON, report -> report.recipients() == 1);
      EgressRig.await("no row", SOON, () -> rig.rows.size() == 0);
    }
  }

  @Test
  void setsADeliveryAsideWhoseMessageIsAnother() {
    try (EgressRig rig = rig("one", InstantSource.system()).start()) {
      MailPointer content = rig.content(POST.formatted("p5"));
      MailPointer wrong =
          new MailPointer(
              content.position(), content.mailId(), "00" + content.sha256().substring(2));
      Delivery dead = EgressRig.relay(wrong, EgressRig.people(3, "x.example"), clockNow());
      rig.deliver(dead);
      rig.access
          .publisher()
          .publish(
              OutRecord.of(
                      Topics.DELIVERIES,
                      "x.example",
                      "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                  .withHeader(RecordHeaders.TYPE, RecordType.DELIVERY.label()))
          .join();
      rig.deliver(EgressRig.relay(content, EgressRig.people(1, "x.example"), clockNow()));
      sink.await(SOON, report -> report.recipients() == 1);
      EgressRig.await("offset", SOON, () -> rig.lag() == 0);
      assertThat(sink.report().messages()).isEqualTo(1);
      var letters = rig.read(Topics.DEAD_LETTERS);
      assertThat(letters).hasSize(2);
      for (var letter : letters) {
        var header = letter.headers().lastHeader(RecordHeaders.DEAD_LETTER);
        DeadLetterMeta meta = MailJson.read(header.value(), DeadLetterMeta.class);
        assertThat(meta.stage()).isEqualTo("egress");
        assertThat(meta.origin().topic()).isEqualTo(Topics.DELIVERIES);
      }
      assertThat(letters)
          .anyMatch(letter ->
              new String(letter.value(), java.nio.charset.StandardCharsets.UTF_8)
                  .contains("member2@x.example"));
    }
  }

  @Test
  void sendsNothingToSuppressedAddresses() {
    try (EgressRig rig =
        new EgressRig(
                broker.bootstrapServers(),
                "one",
                sink.port(),
                InstantSource.system(),
                address ->
                    address.localPart().equals("member1")
                        ? Optional.of("bounced for weeks")
                        : Optional.empty())
            .start()) {
      MailPointer content = rig.content(POST.formatted("p6"));
      rig.deliver(EgressRig.post(content, EgressRig.people(3, "x.example"), clockNow()));
      sink.await(SOON, report -> report.recipients() == 2);
      EgressRig.await("offset", SOON, () -> rig.lag() == 0);
      assertThat(rig.relayed()).hasSize(2);
    }
  }

  @Test
  void twoInstancesShareThePartitions_andStoppingOneLosesNothing() {
    try (EgressRig one = rig("one", InstantSource.system()).start();
        EgressRig two = rig("two", InstantSource.system()).start()) {
      EgressRig.await(
          "both have partitions",
          SOON,
          () ->
              !one.loop.partitions().isEmpty()
                  && !two.loop.partitions().isEmpty()
                  && one.loop.partitions().size() + two.loop.partitions().size() == 4);
      MailPointer content = one.content(POST.formatted("p7"));
      for (int i = 0; i < 40; i++) {
        one.deliver(
            EgressRig.post(content, EgressRig.people(50, "d" + i + ".example"), clockNow()));
      }
      sink.await(SOON, report -> report.recipients() > 500);
      two.loop.stop();
      sink.await(SOON, report -> report.distinctRecipients() == 2000);
      EgressRig.await("results", SOON, () -> one.relayed().size() == 2000 && one.lag() == 0);
      assertThat(sink.report().duplicates()).isZero();
    }
  }

  @Test
  void afterAKillNobodyWhoHasAResultIsSentToAgain() throws Exception {
    // slow enough to be in the middle when it dies
    rules.on(SinkPhase.DOT, new SinkAction.Delay(Duration.ofMillis(20), new SinkAction.Accept()));
    try (EgressRig writer = rig("writer", InstantSource.system())) {
      MailPointer content = writer.content(POST.formatted("p8"));
      for (int i = 0; i < 10; i++) {
        writer.deliver(
            EgressRig.post(content, EgressRig.people(100, "d" + i + ".example"), clockNow()));
      }
    }
    Process one = EgressProcess.start(broker.bootstrapServers(), "one", sink.port());
    sink.await(Duration.ofSeconds(60), report -> report.recipients() > 600);
    one.destroyForcibly();
    Map<String, Integer> kept;
    try (EgressRig two = rig("two", InstantSource.system())) {
      kept = two.relayed();
      assertThat(kept.size()).isBetween(1, 999);
      two.start();
      sink.await(Duration.ofSeconds(60), report -> report.distinctRecipients() == 1000);
      EgressRig.await("results", SOON, () -> two.relayed().size() == 1000 && two.lag() == 0);
      SinkReport report = sink.report();
      assertThat(two.relayed().values()).as("results are unique").allMatch(count -> count == 1);
      for (String pair : kept.keySet()) {
        String recipient = pair.substring(pair.indexOf(' ') + 1);
        assertThat(sink.deliveries().get("<p8@example.org> " + recipient))
            .as(recipient)
            .isEqualTo(1);
      }
      assertThat(report.duplicates())
          .as("only those in the moment of the kill, whose results were not kept")
          .isLessThanOrEqualTo(
              LoopSettings.standard().maxUnkept() + EgressRig.net().maxConnections());
    }
  }

  @Test
  void afterAKillEachSenderIsToldOnce() throws Exception {
    rules
        .on(SinkPhase.RCPT, "member1@", SinkAction.reply("550 5.1.1 no such user"))
        .on(SinkPhase.DOT, new SinkAction.Delay(Duration.ofMillis(60), new SinkAction.Accept()));
    int mails = 400;
    try (EgressRig writer = rig("writer", InstantSource.system())) {
      for (int i = 0; i < mails; i++) {
        MailPointer content = writer.content(POST.formatted("k" + i));
        List<MailAddress> people = EgressRig.people(3, "d" + i % 10 + ".example");
        writer.deliver(EgressRig.answerable(content, people, clockNow()));
      }
    }
    Process one = EgressProcess.start(broker.bootstrapServers(), "one", sink.port());
    try (EgressRig two = rig("two", InstantSource.system())) {
      EgressRig.await("some are told", Duration.ofSeconds(60), () -> !two.notices().isEmpty());
      one.destroyForcibly().waitFor();
      int before = two.notices().size();
      two.start();
      EgressRig.await(
          "all results",
          Duration.ofSeconds(60),
          () -> two.relayed().size() == 3 * mails && two.lag() == 0);
      assertThat(before).as("killed in the middle").isBetween(1, mails - 1);
      assertThat(two.notices())
          .hasSize(mails)
          .extracting(notice -> notice.replaceAll("(?s).*X-Milena-Mail-Id: (\\S+).*", "$1"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void sendsNothingThatCannotBeKept_andGoesOnWhenTheBrokerIsBack() throws Exception {
    rules.on(SinkPhase.DOT, new SinkAction.Delay(Duration.ofMillis(20), new SinkAction.Accept()));
    Path folder = TemporaryFolder.create("milena-egress");
    int port = freePort();
    EmbeddedKafkaSettings settings = new EmbeddedKafkaSettings(folder, port, freePort(), Map.of());
    EmbeddedKafka first = EmbeddedKafka.start(settings);
    try (EgressRig rig =
        new EgressRig(first.bootstrapServers(), "one", sink.port(), InstantSource.system())
            .start()) {
      MailPointer content = rig.content(POST.formatted("p9"));
      for (int i = 0; i < 30; i++) {
        rig.deliver(
            EgressRig.post(content, EgressRig.people(100, "d" + i + ".example"), clockNow()));
      }
      sink.await(Duration.ofSeconds(60), report -> report.recipients() > 300);
      first.close();
      LockSupport.parkNanos(Duration.ofSeconds(6).toNanos());
      long whenHeld = sink.report().recipients();
      assertThat(rig.meters.get("milena.egress.held").gauge().value()).isEqualTo(1);
      assertThat(whenHeld).isLessThan(3000);
      LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
      assertThat(sink.report().recipients()).as("nothing is sent").isEqualTo(whenHeld);
      try (EmbeddedKafka again = EmbeddedKafka.start(settings)) {
        sink.await(Duration.ofSeconds(50), report -> report.distinctRecipients() == 3000);
        EgressRig.await("results", Duration.ofSeconds(60), () -> rig.relayed().size() == 3000);
        assertThat(sink.report().duplicates()).isZero();
        assertThat(again.bootstrapServers()).isEqualTo(first.bootstrapServers());
        rig.loop.stop();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  @Test
  void firstCopyLeavesAtOnce() {
    try (EgressRig rig = rig("one", InstantSource.system()).start()) {
      EgressRig.await("partitions", SOON, () -> rig.loop.partitions().size() == 4);
      MailPointer warm = rig.content(POST.formatted("warm"));
      rig.deliver(EgressRig.post(warm, EgressRig.people(5, "x.example"), clockNow()));
      sink.await(SOON, report -> report.recipients() == 5);
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        MailPointer content = rig.content(POST.formatted("fast" + i));
        long before = sink.report().recipients();
        long began = System.nanoTime();
        rig.deliver(EgressRig.post(content, EgressRig.people(1, "x.example"), clockNow()));
        sink.await(SOON, report -> report.recipients() == before + 1);
        best = Math.min(best, (System.nanoTime() - began) / 1_000_000);
      }
      assertThat(best).as("milliseconds from delivery record to sink").isLessThan(100);
    }
  }

  static final class ManualClock implements InstantSource {
    volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }
  }
}
