package org.milena.scanner.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.ReceivedMail.DEV;
import static org.milena.scanner.ReceivedMail.USERS;
import static org.milena.scanner.ReceivedMail.post;
import static org.milena.scanner.ReceivedMail.to;
import static org.milena.scanner.scan.ScriptedEngine.says;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.event.ScanReport.Passage;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.settings.ScanPolicy;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Stage;
import org.milena.scanner.Lists;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.RecordingTransaction;
import org.milena.scanner.authentication.Provenance;
import org.milena.scanner.notice.Notices;
import org.milena.scanner.routing.ProvenSender;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.ScanListener;
import org.milena.scanner.scan.Scanner;
import org.milena.scanner.scan.ScriptedEngine;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class ScanStageTest {

  private static final Instant NOW = ReceivedMail.RECEIVED_AT.plusSeconds(3);

  private final InstantSource clock = InstantSource.fixed(NOW);
  private final MailId id = ReceivedMail.nextId();
  private final RawMessage mail = SampleMail.mail("\r\nhello\r\n");
  private final ScriptedEngine engine = new ScriptedEngine("scripted");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Lists lists = new Lists();
  private final List<Duration> ages = new ArrayList<>();
  private Provenance provenance = Provenance.NONE;

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void writesCleanMailOncePerListWithThatListsRecipientsOnly() {
    RoutedRecipient owner =
        to("users-owner@lists.example.org", new Route.ListRole(USERS, Route.Role.OWNER, null));
    RecordingTransaction written = scanned(post(USERS), post(DEV), owner);
    List<InRecord> lists = written.on(Topics.LISTS);
    assertThat(lists)
        .extracting(InRecord::key)
        .containsExactly(Optional.of(USERS.value()), Optional.of(DEV.value()));
    MailMeta users = MailRecords.meta(lists.getFirst(), MailMeta.class);
    assertThat(users.recipients()).containsExactly(post(USERS), owner);
    assertThat(Objects.requireNonNull(users.scan()).verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(users.scan().scannedAt()).isEqualTo(NOW);
    assertThat(MailRecords.meta(lists.getLast(), MailMeta.class).recipients())
        .containsExactly(post(DEV));
    for (InRecord record : lists) {
      assertThat(MailRecords.type(record)).isEqualTo(RecordType.LIST_MAIL);
      assertThat(MailRecords.message(record)).isEqualTo(mail);
    }
    assertThat(events(written)).extracting(MailEvent::kind).containsExactly(MailEvent.Kind.SCANNED);
    assertThat(events(written).getFirst().messageId()).isEqualTo("sample@example.org");
    assertThat(ages).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void writesRelayedMailOnceAndADeliveryForEachDomain() {
    RecordingTransaction written =
        scanned(
            to("anna@inside.example.net", new Route.RelayedDomain("inside.example.net")),
            to("Bob@inside.example.net", new Route.RelayedDomain("inside.example.net")),
            to("anna@inside.example.net", new Route.RelayedDomain("inside.example.net")),
            to("cleo@elsewhere.example.com", new Route.Submission()));
    InRecord outgoing = written.on(Topics.OUTGOING).getFirst();
    assertThat(written.on(Topics.OUTGOING)).hasSize(1);
    assertThat(MailRecords.message(outgoing)).isEqualTo(mail);
    OutgoingMeta meta = MailRecords.meta(outgoing, OutgoingMeta.class);
    assertThat(meta.kind()).isEqualTo(OutgoingMeta.Kind.RELAY);
    assertThat(meta.list()).isNull();
    List<Delivery> deliveries =
        written.on(Topics.DELIVERIES).stream()
            .map(record -> MailRecords.json(record, Delivery.class))
            .toList();
    assertThat(deliveries)
        .extracting(Delivery::destination)
        .containsExactly("inside.example.net", "elsewhere.example.com");
    Delivery inside = deliveries.getFirst();
    assertThat(inside.recipients())
        .containsExactly(
            MailAddress.of("anna@inside.example.net"), MailAddress.of("Bob@inside.example.net"));
    assertThat(inside.content().position()).isEqualTo(outgoing.position());
    assertThat(inside.content().sha256()).isEqualTo(mail.sha256());
    assertThat(inside.content().mailId()).isEqualTo(id);
    assertThat(inside.returnPath())
        .isEqualTo(new ReturnPath.Fixed(ReversePath.of("milena@example.org")));
    assertThat(written.on(Topics.DELIVERIES))
        .extracting(InRecord::key)
        .containsExactly(Optional.of("inside.example.net"), Optional.of("elsewhere.example.com"));
    assertThat(written.on(Topics.LISTS)).isEmpty();
    assertThat(events(written))
        .extracting(MailEvent::kind)
        .containsExactly(MailEvent.Kind.SCANNED, MailEvent.Kind.RELAYED);
    assertThat(events(written).getLast().count()).isEqualTo(3);
  }

  @Test
  void cutsManyRecipientsOfADomainIntoSeveralDeliveries() {
    RoutedRecipient[] many = new RoutedRecipient[450];
    for (int i = 0; i < many.length; i++) {
      many[i] = to("user" + i + "@big.example.com", new Route.Submission());
    }
    assertThat(scanned(many).on(Topics.DELIVERIES))
        .extracting(record -> MailRecords.json(record, Delivery.class).recipients().size())
        .containsExactly(250, 200);
  }

  @Test
  void handsMailForTheSitesRolesToThePostmaster() {
    RecordingTransaction written =
        scan(
            Optional.of(MailAddress.of("admin@example.com")),
            to("postmaster@lists.example.org", new Route.SiteRole("postmaster")),
            new RoutedRecipient(
                new org.milena.common.mail.ForwardPath.Postmaster(),
                new Route.SiteRole("postmaster")),
            to("abuse@lists.example.org", new Route.SiteRole("abuse")));
    Delivery delivery = MailRecords.json(written.on(Topics.DELIVERIES).getFirst(), Delivery.class);
    assertThat(delivery.recipients()).containsExactly(MailAddress.of("admin@example.com"));
    assertThat(written.on(Topics.QUARANTINE)).isEmpty();
  }

  @Test
  void keepsMailForTheSitesRolesVisibleWhenNobodyIsPostmaster() {
    RoutedRecipient postmaster =
        to("postmaster@lists.example.org", new Route.SiteRole("postmaster"));
    RecordingTransaction written = scanned(post(USERS), postmaster);
    assertThat(written.on(Topics.LISTS)).hasSize(1);
    QuarantineMeta kept =
        MailRecords.meta(written.on(Topics.QUARANTINE).getFirst(), QuarantineMeta.class);
    assertThat(kept.mail().recipients()).containsExactly(postmaster);
    assertThat(kept.reason()).contains("milena.scanner.postmaster");
    assertThat(written.on(Topics.DELIVERIES)).isEmpty();
  }

  @Test
  void keepsBackWhateverIsNotClean() {
    for (EngineVerdict bad :
        List.of(
            new EngineVerdict.Infected("Eicar-Test-Signature"),
            new EngineVerdict.Policy(Objection.ATTACHMENT, "attachment of type .exe"),
            new EngineVerdict.Unscannable("too deep"))) {
      engine.then(says(bad));
      RecordingTransaction written =
          scanned(post(USERS), to("cleo@elsewhere.example.com", new Route.Submission()));
      assertThat(written.topics())
          .containsExactly(Topics.EVENTS, Topics.QUARANTINE, Topics.EVENTS, Topics.EVENTS);
      InRecord kept = written.on(Topics.QUARANTINE).getFirst();
      assertThat(kept.key()).contains(id.toString());
      assertThat(MailRecords.type(kept)).isEqualTo(RecordType.QUARANTINED_MAIL);
      assertThat(MailRecords.message(kept)).isEqualTo(mail);
      QuarantineMeta meta = MailRecords.meta(kept, QuarantineMeta.class);
      assertThat(meta.mail().recipients()).hasSize(2);
      assertThat(Objects.requireNonNull(meta.mail().scan()).verdict()).isEqualTo(bad.verdict());
      assertThat(meta.reason()).contains("scripted says " + bad.detail());
      assertThat(events(written))
          .extracting(MailEvent::kind)
          .containsExactly(
              MailEvent.Kind.SCANNED, MailEvent.Kind.QUARANTINED, MailEvent.Kind.NOTICE);
      assertThat(events(written).getLast().text()).as("nothing proves who sent it").contains("not");
    }
  }

  @Test
  void eachListHasItsPolicyAndTheMailIsReadOnce() {
    engine.then(says(new EngineVerdict.Policy(Objection.ENCRYPTED, "encrypted archive")));
    lists.with(USERS, encrypted(Passage.PASS)).with(DEV, null);
    RoutedRecipient relayed = to("cleo@elsewhere.example.com", new Route.Submission());
    RoutedRecipient owner =
        to("users-owner@lists.example.org", new Route.ListRole(USERS, Route.Role.OWNER, null));
    RecordingTransaction written = scanned(post(USERS), post(DEV), relayed, owner);
    assertThat(engine.scans()).isEqualTo(1);
    assertThat(
            written.on(Topics.LISTS).stream()
                .map(record -> MailRecords.meta(record, MailMeta.class))
                .map(meta -> meta.recipients() + " " + passage(meta)))
        .containsExactly(List.of(post(USERS), owner) + " PASS", List.of(post(DEV)) + " HOLD");
    assertThat(written.on(Topics.OUTGOING)).isEmpty();
    QuarantineMeta kept =
        MailRecords.meta(written.on(Topics.QUARANTINE).getFirst(), QuarantineMeta.class);
    assertThat(written.on(Topics.QUARANTINE)).hasSize(1);
    assertThat(kept.mail().recipients()).as("has no moderator").containsExactly(relayed);
    assertThat(passage(kept.mail())).isEqualTo(Passage.KEEP);
    assertThat(events(written).getFirst().text()).contains("(for a moderator)");
  }

  @Test
  void waitsForAllWhenOnePolicyWaits() {
    engine.whoseProbeSays(() -> new EngineState.Out("away"));
    ScanPolicy usual = ScanPolicy.DEFAULT;
    lists.with(
        USERS,
        new ScanPolicy(
            1,
            Duration.ZERO,
            usual.unscannable(),
            usual.encrypted(),
            usual.macros(),
            usual.attachments(),
            usual.spam()));
    InRecord record =
        RecordingTransaction.asRead(
            ReceivedMail.record(ReceivedMail.meta(id, mail, post(USERS), post(DEV)), mail), 0);
    ScanStage stage = stage(Optional.empty());
    assertThatThrownBy(() -> stage.prepare(record)).isInstanceOf(OutageException.class);
  }

  @Test
  void nobodyGoesOnCheckingTheSenderOfAMailThatWaits() throws InterruptedException {
    engine.whoseProbeSays(() -> new EngineState.Out("away"));
    CountDownLatch cancelled = new CountDownLatch(1);
    provenance =
        new Provenance() {
          @Override
          public AuthenticationReport check(MailMeta meta, RawMessage message) {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              cancelled.countDown();
            }
            return AuthenticationReport.NOT_CHECKED;
          }

          @Override
          public RawMessage stamp(MailMeta meta, RawMessage message, AuthenticationReport report) {
            return message;
          }
        };
    InRecord record =
        RecordingTransaction.asRead(
            ReceivedMail.record(ReceivedMail.meta(id, mail, post(USERS)), mail), 0);
    ScanStage stage = stage(Optional.empty());
    // it may be cancelled before it has begun: then there is nothing to interrupt
    for (int i = 0; i < 100 && cancelled.getCount() > 0; i++) {
      assertThatThrownBy(() -> stage.prepare(record)).isInstanceOf(OutageException.class);
      var unused = cancelled.await(100, TimeUnit.MILLISECONDS);
    }
    assertThat(cancelled.getCount()).isZero();
  }

  @Test
  void whatIsKnownOfTheSenderStandsInReportAndMessage() {
    AuthenticationReport proven =
        new AuthenticationReport(Result.PASS, Result.NONE, Result.PASS, "example.org", null);
    provenance =
        new Provenance() {
          @Override
          public AuthenticationReport check(MailMeta meta, RawMessage message) {
            return proven;
          }

          @Override
          public RawMessage stamp(MailMeta meta, RawMessage message, AuthenticationReport report) {
            return HeaderEditor.of(message).prepend("X-Stamp", "yes").toMessage();
          }
        };
    RecordingTransaction written = scanned(post(USERS));
    InRecord record = written.on(Topics.LISTS).getFirst();
    MailMeta meta = MailRecords.meta(record, MailMeta.class);
    assertThat(Objects.requireNonNull(meta.scan()).authentication()).isEqualTo(proven);
    assertThat(HeaderBlock.of(MailRecords.message(record)).has("X-Stamp")).isTrue();
    assertThat(meta.sha256()).as("as it was sent").isEqualTo(mail.sha256());
    assertThat(events(written).getFirst().text())
        .isEqualTo("clean: scripted; spf pass, dkim none, dmarc pass");
  }

  private static ScanPolicy encrypted(Passage passage) {
    ScanPolicy usual = ScanPolicy.DEFAULT;
    return new ScanPolicy(
        usual.quorum(),
        usual.patience(),
        usual.unscannable(),
        passage,
        usual.macros(),
        usual.attachments(),
        usual.spam());
  }

  private static Passage passage(MailMeta meta) {
    return Objects.requireNonNull(Objects.requireNonNull(meta.scan()).passage());
  }

  @Test
  void anOutageIsTheStagesToWaitFor() {
    engine.whoseProbeSays(() -> new EngineState.Out("away"));
    InRecord record =
        RecordingTransaction.asRead(
            ReceivedMail.record(ReceivedMail.meta(id, mail, post(USERS)), mail), 0);
    ScanStage stage = stage(Optional.empty());
    assertThatThrownBy(() -> stage.prepare(record)).isInstanceOf(OutageException.class);
  }

  @Test
  void whatIsNoReceivedMailIsADefect() {
    InRecord record =
        RecordingTransaction.asRead(
            MailRecords.json(Topics.RECEIVED, null, RecordType.COMMAND, "x"), 0);
    ScanStage stage = stage(Optional.empty());
    assertThatThrownBy(() -> stage.prepare(record)).isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void whatIsLoggedNamesTheMail() {
    List<String> whileScanning = new ArrayList<>();
    engine.then(() -> {
      whileScanning.add(MDC.get("mailId"));
      return new EngineVerdict.Infected("Eicar-Test-Signature");
    });
    Logger logger = (Logger) LoggerFactory.getLogger(ScanStage.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.setLevel(Level.INFO); // whatever another test's application made of it
    logger.addAppender(lines);
    try {
      scanned(post(USERS));
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }
    assertThat(whileScanning).containsExactly(id.toString());
    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> assertThat(line.getFormattedMessage()).contains("kept in quarantine"))
        .satisfies(
            line -> assertThat(line.getMDCPropertyMap()).containsEntry("mailId", id.toString()));
    assertThat(MDC.get("mailId")).as("after it").isNull();
  }

  private RecordingTransaction scanned(RoutedRecipient... recipients) {
    return scan(Optional.empty(), recipients);
  }

  /** One is scanned at a time, and none scanned when the sender of another is checked still. */
  @Test
  void doesNotWaitForTheNamesOfAnothersSender() throws Exception {
    MailId slow = ReceivedMail.nextId();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    provenance = new SlowNames(slow, asked, answered);
    ScanStage stage = stage(Optional.empty());
    Future<Stage.Prepared> first = threads.submit(() -> stage.prepare(received(slow)));
    asked.await();
    Stage.Prepared second = stage.prepare(received(id));
    assertThat(first).isNotDone();
    RecordingTransaction written = new RecordingTransaction();
    second.write(written);
    answered.countDown();
    first.get().write(written);
    assertThat(written.on(Topics.LISTS)).hasSize(2);
  }

  private InRecord received(MailId id) {
    return RecordingTransaction.asRead(
        ReceivedMail.record(ReceivedMail.meta(id, mail, post(USERS)), mail), 0);
  }

  /** Holds the check of one mail's sender until it is let go. */
  private record SlowNames(MailId slow, CountDownLatch asked, CountDownLatch answered)
      implements Provenance {

    @Override
    public AuthenticationReport check(MailMeta meta, RawMessage message) {
      if (meta.mailId().equals(slow)) {
        asked.countDown();
        try {
          answered.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return NONE.check(meta, message);
    }

    @Override
    public RawMessage stamp(MailMeta meta, RawMessage message, AuthenticationReport report) {
      return message;
    }
  }

  private RecordingTransaction scan(
      Optional<MailAddress> postmaster, RoutedRecipient... recipients) {
    RecordingTransaction transaction = new RecordingTransaction();
    MailMeta meta = ReceivedMail.meta(id, mail, recipients);
    stage(postmaster)
        .prepare(RecordingTransaction.asRead(ReceivedMail.record(meta, mail), 0))
        .write(transaction);
    return transaction;
  }

  private ScanStage stage(Optional<MailAddress> postmaster) {
    ScanListener listener =
        new ScanListener() {
          @Override
          public void judged(Verdict verdict, Duration age) {
            ages.add(age);
          }
        };
    return new ScanStage(
        new Scanner(List.of(engine), threads, clock, listener),
        provenance,
        new Policies(ScanPolicy.DEFAULT, lists.directory()),
        new Routing(postmaster, new ProvenSender(_ -> Optional.empty()), clock),
        new Notices(
            MailAddress.of("postmaster@lists.example.org"),
            new ProvenSender(lists.directory()::account),
            clock,
            new Random(1)),
        threads,
        clock,
        listener,
        1);
  }

  private static List<MailEvent> events(RecordingTransaction written) {
    return written.on(Topics.EVENTS).stream()
        .map(record -> MailRecords.json(record, MailEvent.class))
        .toList();
  }
}
