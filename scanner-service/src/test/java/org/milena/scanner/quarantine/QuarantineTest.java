package org.milena.scanner.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.ReceivedMail.DEV;
import static org.milena.scanner.ReceivedMail.USERS;
import static org.milena.scanner.ReceivedMail.post;
import static org.milena.scanner.ReceivedMail.to;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.RecordingTransaction;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.scan.SampleMail;

class QuarantineTest {

  private static final Instant NOW = Instant.parse("2026-11-21T21:00:00Z");

  private final InstantSource clock = InstantSource.fixed(NOW);
  private final MemoryLog log = new MemoryLog();
  private final Routing routing = new Routing(Optional.empty(), clock);
  private final Quarantine quarantine = new Quarantine(log.index, log, log, log, routing, clock);
  private final ReleaseStage stage = new ReleaseStage(log.index, log, log, routing, clock);
  private final RawMessage mail = SampleMail.mail("X-Other: x\r\n\r\n" + SampleMail.EICAR + "\r\n");

  @Test
  void listsTheNewestFirstAndPages() {
    List<MailId> ids = List.of(keep(post(USERS)), keep(post(USERS)), keep(post(USERS)));
    assertThat(quarantine.list(QuarantineEntry.State.KEPT, null, 2))
        .extracting(QuarantineEntry::id)
        .containsExactly(ids.get(2), ids.get(1));
    assertThat(quarantine.list(QuarantineEntry.State.KEPT, ids.get(1), 2))
        .extracting(QuarantineEntry::id)
        .containsExactly(ids.get(0));
    QuarantineEntry entry = quarantine.find(ids.getFirst()).orElseThrow();
    assertThat(entry.subject()).isEqualTo("sample");
    assertThat(entry.size()).isEqualTo(mail.size());
    assertThat(entry.state()).isEqualTo(QuarantineEntry.State.KEPT);
  }

  @Test
  void aReleaseIsAnActInTheLogThatTheStageDoesOnce() {
    MailId id = keep(post(USERS), post(DEV));
    assertThat(quarantine.release(id, "anna")).isInstanceOf(ActOutcome.Done.class);
    // a second click, and a second operator
    assertThat(quarantine.release(id, "anna")).isInstanceOf(ActOutcome.Done.class);
    assertThat(quarantine.release(id, "bob")).isInstanceOf(ActOutcome.Done.class);
    RecordingTransaction written = runStage();
    assertThat(written.on(Topics.LISTS)).hasSize(2);
    MailMeta released = MailRecords.meta(written.on(Topics.LISTS).getFirst(), MailMeta.class);
    ScanReport report = Objects.requireNonNull(released.scan());
    assertThat(report.releasedBy()).isEqualTo("anna");
    assertThat(report.verdict()).as("what the engines said stays").isEqualTo(Verdict.INFECTED);
    assertThat(MailRecords.message(written.on(Topics.LISTS).getFirst())).isEqualTo(mail);
    assertThat(events(written))
        .extracting(MailEvent::kind)
        .containsExactly(MailEvent.Kind.RELEASED);
    assertThat(quarantine.list(QuarantineEntry.State.KEPT, null, 9)).isEmpty();
    assertThat(quarantine.list(QuarantineEntry.State.RELEASED, null, 9)).hasSize(1);
  }

  @Test
  void ofTwoActsWrittenAtOnceTheFirstInTheLogCounts() {
    MailId id = keep(post(USERS));
    append(new QuarantineAct(id, QuarantineAct.Act.RELEASED, "anna", NOW));
    append(new QuarantineAct(id, QuarantineAct.Act.DELETED, "bob", NOW));
    append(new QuarantineAct(id, QuarantineAct.Act.RELEASED, "cleo", NOW));
    RecordingTransaction written = runStage();
    assertThat(written.on(Topics.LISTS)).hasSize(1);
    assertThat(events(written))
        .extracting(MailEvent::kind)
        .containsExactly(MailEvent.Kind.RELEASED);
    assertThat(quarantine.delete(id, "bob")).isInstanceOf(ActOutcome.Decided.class);
  }

  @Test
  void aDeletedMailIsNotReleasedLater() {
    MailId id = keep(post(USERS));
    assertThat(quarantine.delete(id, "anna")).isInstanceOf(ActOutcome.Done.class);
    assertThat(quarantine.release(id, "bob")).isInstanceOf(ActOutcome.Decided.class);
    RecordingTransaction written = runStage();
    assertThat(written.on(Topics.LISTS)).isEmpty();
    assertThat(events(written))
        .extracting(MailEvent::kind)
        .containsExactly(MailEvent.Kind.DISCARDED);
  }

  @Test
  void mailThatIsScannedAgainStaysWhatItWas() {
    MailId id = keep(post(USERS));
    var unused = quarantine.release(id, "anna");
    keep(id, post(USERS));
    assertThat(quarantine.find(id).orElseThrow().state()).isEqualTo(QuarantineEntry.State.RELEASED);
    assertThat(runStage().on(Topics.LISTS)).hasSize(1);
  }

  @Test
  void mailForThePostmasterNeedsOne() {
    MailId id = keep(to("postmaster@lists.example.org", new Route.SiteRole("postmaster")));
    assertThat(quarantine.release(id, "anna")).isInstanceOf(ActOutcome.NobodyToReceive.class);
    assertThat(log.records()).hasSize(1);
  }

  @Test
  void mailTheLogForgotIsUnknown() {
    MailId id = keep(post(USERS));
    assertThat(quarantine.release(ReceivedMail.nextId(), "anna"))
        .isEqualTo(new ActOutcome.Unknown());
    log.firstOffset = 1;
    assertThat(quarantine.release(id, "anna")).isEqualTo(new ActOutcome.Unknown());
    log.index.trimmed(0, 1);
    assertThat(quarantine.find(id)).isEmpty();
    InRecord act = append(new QuarantineAct(id, QuarantineAct.Act.RELEASED, "anna", NOW));
    assertThatThrownBy(() -> stage.prepare(act)).isInstanceOf(DeadPointerException.class);
  }

  @Test
  void answersNothingBeforeTheLogWasRead() {
    log.complete = false;
    assertThatThrownBy(() -> quarantine.list(QuarantineEntry.State.KEPT, null, 9))
        .isInstanceOf(OutageException.class);
    assertThatThrownBy(() -> quarantine.release(ReceivedMail.nextId(), "anna"))
        .isInstanceOf(OutageException.class);
  }

  @Test
  void recordsThatDoNotBelongHereAreADefect() {
    var stranger = MailRecords.json(Topics.QUARANTINE, "x", RecordType.COMMAND, "x");
    assertThatThrownBy(() -> stage.prepare(RecordingTransaction.asRead(stranger, 0)))
        .isInstanceOf(UnreadableRecordException.class);
    assertThatThrownBy(() -> log.append(stranger)).isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void whatIsInvisibleInSubjectsIsWrittenAsEscapes() {
    RawMessage message =
        RawMessage.wrap(
            SampleMail.bytes(
                "From: <script>alert(1)</script>\r\n"
                    + "Subject: =?utf-8?Q?invoice=E2=80=AEfdp.exe?=\r\n\r\nx\r\n"));
    MailId id = ReceivedMail.nextId();
    keep(id, message, post(USERS));
    QuarantineEntry entry = quarantine.find(id).orElseThrow();
    assertThat(entry.subject()).isEqualTo("invoice\\u{202e}fdp.exe");
    assertThat(entry.author()).isEqualTo("<script>alert(1)</script>");
  }

  private MailId keep(RoutedRecipient... recipients) {
    MailId id = ReceivedMail.nextId();
    keep(id, recipients);
    return id;
  }

  private void keep(MailId id, RoutedRecipient... recipients) {
    keep(id, mail, recipients);
  }

  private void keep(MailId id, RawMessage message, RoutedRecipient... recipients) {
    ScanReport report =
        new ScanReport(
            Verdict.INFECTED, List.of(), AuthenticationReport.NOT_CHECKED, NOW, null, null, null);
    QuarantineMeta meta =
        new QuarantineMeta(
            ReceivedMail.meta(id, message, recipients).withScan(report), "infected", NOW);
    log.append(
        MailRecords.mail(
            Topics.QUARANTINE, id.toString(), RecordType.QUARANTINED_MAIL, meta, id, message));
  }

  private InRecord append(QuarantineAct act) {
    InRecord record =
        RecordingTransaction.asRead(
            MailRecords.json(
                Topics.QUARANTINE, act.mailId().toString(), RecordType.QUARANTINE_ACT, act),
            log.records().size());
    log.append(
        MailRecords.json(
            Topics.QUARANTINE, act.mailId().toString(), RecordType.QUARANTINE_ACT, act));
    return record;
  }

  /** The whole log, once. */
  private RecordingTransaction runStage() {
    RecordingTransaction transaction = new RecordingTransaction();
    log.records().forEach(record -> stage.prepare(record).write(transaction));
    return transaction;
  }

  private static List<MailEvent> events(RecordingTransaction written) {
    return written.on(Topics.EVENTS).stream()
        .map(record -> MailRecords.json(record, MailEvent.class))
        .toList();
  }
}
