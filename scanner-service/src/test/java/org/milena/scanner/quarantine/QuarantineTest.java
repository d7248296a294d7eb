package org.milena.scanner.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.ReceivedMail.DEV;
import static org.milena.scanner.ReceivedMail.USERS;
import static org.milena.scanner.ReceivedMail.post;
import static org.milena.scanner.ReceivedMail.to;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.scanner.Lists;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.RecordingTransaction;
import org.milena.scanner.quarantine.QuarantineEntry.State;
import org.milena.scanner.routing.ProvenSender;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.scan.SampleMail;

class QuarantineTest {

  private static final Instant NOW = Instant.parse("2026-11-21T21:00:00Z");

  private static final Duration KEPT_FOR = Duration.ofDays(30);

  private Instant now = NOW;
  private Verdict saysNow = Verdict.CLEAN;
  private int rescans;

  private final InstantSource clock = () -> now;
  private final MemoryLog log = new MemoryLog(KEPT_FOR, clock);
  private final Routing routing =
      new Routing(Optional.empty(), new ProvenSender(_ -> Optional.empty()), clock);
  private final Rescan rescan =
      (_, _) -> {
        rescans++;
        return report(saysNow);
      };
  private final Quarantine quarantine =
      new Quarantine(log.index, log, log, log, routing, rescan, false, clock, new Random(1));
  private final Quarantine withTwo =
      new Quarantine(log.index, log, log, log, routing, rescan, true, clock, new Random(2));
  private final ReleaseStage stage =
      new ReleaseStage(
          log.index,
          log,
          log,
          routing,
          new DigestNotices(
              new Lists().directory(),
              MailAddress.of("postmaster@lists.example.org"),
              Optional.empty(),
              clock,
              new Random(3)),
          clock);
  private final RawMessage mail = SampleMail.mail("X-Other: x\r\n\r\n" + SampleMail.EICAR + "\r\n");

  @Test
  void listsTheNewestFirstAndPages() {
    List<MailId> ids = List.of(keep(post(USERS)), keep(post(USERS)), keep(post(USERS)));
    assertThat(quarantine.list(State.KEPT, QuarantineFilter.ALL, null, 2))
        .extracting(QuarantineEntry::id)
        .containsExactly(ids.get(2), ids.get(1));
    assertThat(quarantine.list(State.KEPT, QuarantineFilter.ALL, ids.get(1), 2))
        .extracting(QuarantineEntry::id)
        .containsExactly(ids.get(0));
    QuarantineEntry entry = quarantine.find(ids.getFirst()).orElseThrow();
    assertThat(entry.subject()).isEqualTo("sample");
    assertThat(entry.size()).isEqualTo(mail.size());
    assertThat(entry.state(now)).isEqualTo(State.KEPT);
  }

  @Test
  void aReleaseIsAnActInTheLogThatTheStageDoesOnce() {
    MailId id = keep(post(USERS), post(DEV));
    assertThat(quarantine.release(id, "anna", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.Done.class);
    // a second click, and a second operator
    assertThat(quarantine.release(id, "anna", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.Done.class);
    assertThat(quarantine.release(id, "bob", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.Done.class);
    RecordingTransaction written = runStage();
    assertThat(written.on(Topics.LISTS)).hasSize(2);
    MailMeta released = MailRecords.meta(written.on(Topics.LISTS).getFirst(), MailMeta.class);
    ScanReport report = Objects.requireNonNull(released.scan());
    assertThat(report.releasedBy()).isEqualTo("anna");
    assertThat(report.verdict()).as("what the engines say now").isEqualTo(Verdict.CLEAN);
    assertThat(report.authentication()).as("as it was when it came").isEqualTo(PROVEN);
    assertThat(rescans).isEqualTo(1);
    assertThat(MailRecords.message(written.on(Topics.LISTS).getFirst())).isEqualTo(mail);
    assertThat(events(written))
        .extracting(MailEvent::kind)
        .containsExactly(MailEvent.Kind.RELEASED);
    assertThat(quarantine.list(State.KEPT, QuarantineFilter.ALL, null, 9)).isEmpty();
    assertThat(quarantine.list(State.RELEASED, QuarantineFilter.ALL, null, 9)).hasSize(1);
  }

  @Test
  void ofTwoActsWrittenAtOnceTheFirstInTheLogCounts() {
    MailId id = keep(post(USERS));
    append(decision(id, QuarantineAct.Act.RELEASED, "anna"));
    append(decision(id, QuarantineAct.Act.DELETED, "bob"));
    append(decision(id, QuarantineAct.Act.RELEASED, "cleo"));
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
    assertThat(quarantine.release(id, "bob", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.Decided.class);
    RecordingTransaction written = runStage();
    assertThat(written.on(Topics.LISTS)).isEmpty();
    assertThat(events(written))
        .extracting(MailEvent::kind)
        .containsExactly(MailEvent.Kind.DISCARDED);
  }

  @Test
  void mailThatIsScannedAgainStaysWhatItWas() {
    MailId id = keep(post(USERS));
    var unused = quarantine.release(id, "anna", ReleaseWish.PLAIN);
    keep(id, post(USERS));
    assertThat(quarantine.find(id).orElseThrow().state(now)).isEqualTo(State.RELEASED);
    assertThat(runStage().on(Topics.LISTS)).hasSize(1);
  }

  @Test
  void mailForThePostmasterNeedsOne() {
    MailId id = keep(to("postmaster@lists.example.org", new Route.SiteRole("postmaster")));
    assertThat(quarantine.release(id, "anna", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.NobodyToReceive.class);
    assertThat(log.records()).hasSize(1);
  }

  @Test
  void mailTheLogForgotIsUnknown() {
    MailId id = keep(post(USERS));
    assertThat(quarantine.release(ReceivedMail.nextId(), "anna", ReleaseWish.PLAIN))
        .isEqualTo(new ActOutcome.Unknown());
    log.firstOffset = 1;
    assertThat(quarantine.release(id, "anna", ReleaseWish.PLAIN))
        .isEqualTo(new ActOutcome.Unknown());
    log.index.trimmed(0, 1);
    assertThat(quarantine.find(id)).isEmpty();
    InRecord act = append(decision(id, QuarantineAct.Act.RELEASED, "anna"));
    assertThatThrownBy(() -> stage.prepare(act)).isInstanceOf(DeadPointerException.class);
  }

  @Test
  void answersNothingBeforeTheLogWasRead() {
    log.complete = false;
    assertThatThrownBy(() -> quarantine.list(State.KEPT, QuarantineFilter.ALL, null, 9))
        .isInstanceOf(OutageException.class);
    assertThatThrownBy(() -> quarantine.release(ReceivedMail.nextId(), "anna", ReleaseWish.PLAIN))
        .isInstanceOf(OutageException.class);
  }

  @Test
  void whatIsStillInfectedIsReleasedOnlyInSpiteOfTheEngines() {
    MailId id = keep(post(USERS));
    saysNow = Verdict.INFECTED;
    ActOutcome refused = quarantine.release(id, "anna", ReleaseWish.PLAIN);
    assertThat(refused)
        .isEqualTo(
            new ActOutcome.StillInfected(
                quarantine.find(id).orElseThrow(), report(Verdict.INFECTED)));
    assertThat(log.records()).as("nothing was decided").hasSize(1);
    assertThat(quarantine.release(id, "anna", new ReleaseWish(true, "a false alarm")))
        .isInstanceOf(ActOutcome.Done.class);
    QuarantineAct act = MailRecords.json(log.records().getLast(), QuarantineAct.class);
    assertThat(act.note()).isEqualTo("a false alarm");
    assertThat(act.by()).isEqualTo("anna");
    assertThat(act.report()).isEqualTo(report(Verdict.INFECTED));
    MailMeta released = MailRecords.meta(runStage().on(Topics.LISTS).getFirst(), MailMeta.class);
    ScanReport said = Objects.requireNonNull(released.scan());
    assertThat(said.verdict()).isEqualTo(Verdict.INFECTED);
    assertThat(said.engines()).isEqualTo(report(Verdict.INFECTED).engines());
    assertThat(said.mayGoOn()).isTrue();
  }

  @Test
  void anotherObjectionThanMalwareIsTheOperatorsToSetAside() {
    saysNow = Verdict.POLICY;
    MailId id = keep(post(USERS));
    assertThat(quarantine.release(id, "anna", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.Done.class);
  }

  @Test
  void withoutItsEnginesNothingIsReleased() {
    MailId id = keep(post(USERS));
    Quarantine blind =
        new Quarantine(
            log.index,
            log,
            log,
            log,
            routing,
            (_, _) -> {
              throw new OutageException("clamd is out");
            },
            false,
            clock,
            new Random(3));
    assertThatThrownBy(() -> blind.release(id, "anna", new ReleaseWish(true, null)))
        .isInstanceOf(OutageException.class);
    assertThat(log.records()).hasSize(1);
  }

  @Test
  void withTwoOperatorsTheFirstOnlyProposes() {
    MailId id = keep(post(USERS));
    assertThat(withTwo.release(id, "anna", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.Proposed.class);
    assertThat(withTwo.release(id, "anna", ReleaseWish.PLAIN))
        .as("the same one twice is one")
        .isInstanceOf(ActOutcome.Proposed.class);
    assertThat(log.records()).hasSize(2);
    assertThat(runStage().on(Topics.LISTS)).isEmpty();
    assertThat(withTwo.release(id, "bob", ReleaseWish.PLAIN)).isInstanceOf(ActOutcome.Done.class);
    RecordingTransaction written = runStage();
    assertThat(written.on(Topics.LISTS)).hasSize(1);
    MailMeta released = MailRecords.meta(written.on(Topics.LISTS).getFirst(), MailMeta.class);
    assertThat(Objects.requireNonNull(released.scan()).releasedBy()).isEqualTo("bob");
    assertThat(quarantine.find(id).orElseThrow().trail())
        .extracting(QuarantineAct::by)
        .containsExactly("anna");
  }

  @Test
  void twoWhoProposeInTheSameMomentHaveBothOnlyProposed() {
    MailId id = keep(post(USERS));
    append(decision(id, QuarantineAct.Act.PROPOSED, "anna"));
    append(decision(id, QuarantineAct.Act.PROPOSED, "bob"));
    assertThat(runStage().topics()).isEmpty();
    assertThat(withTwo.release(id, "anna", ReleaseWish.PLAIN)).isInstanceOf(ActOutcome.Done.class);
  }

  @Test
  void aProposedMailCanBeDeletedByOne() {
    MailId id = keep(post(USERS));
    var unused = withTwo.release(id, "anna", ReleaseWish.PLAIN);
    assertThat(withTwo.delete(id, "bob")).isInstanceOf(ActOutcome.Done.class);
    assertThat(withTwo.release(id, "cleo", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.Decided.class);
  }

  @Test
  void aDownloadIsWrittenDownBeforeItIsGivenAndDecidesNothing() {
    MailId id = keep(post(USERS));
    DownloadOutcome outcome = quarantine.download(id, "anna");
    assertThat(outcome).isInstanceOf(DownloadOutcome.Granted.class);
    assertThat(((DownloadOutcome.Granted) outcome).message()).isEqualTo(mail);
    QuarantineAct act = MailRecords.json(log.records().getLast(), QuarantineAct.class);
    assertThat(act.act()).isEqualTo(QuarantineAct.Act.DOWNLOADED);
    assertThat(act.by()).isEqualTo("anna");
    assertThat(runStage().topics()).isEmpty();
    assertThat(quarantine.release(id, "bob", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.Done.class);
    assertThat(runStage().on(Topics.LISTS)).hasSize(1);
  }

  @Test
  void manyDownloadsDoNotFillTheView() {
    MailId id = keep(post(USERS));
    append(decision(id, QuarantineAct.Act.PROPOSED, "anna"));
    for (int i = 0; i < 200; i++) {
      var unused = quarantine.download(id, "operator-" + i);
    }
    List<QuarantineAct> trail = quarantine.find(id).orElseThrow().trail();
    assertThat(trail).hasSize(QuarantineEntry.LONGEST_TRAIL);
    assertThat(trail.getFirst().act()).isEqualTo(QuarantineAct.Act.PROPOSED);
    assertThat(trail.getLast().by()).isEqualTo("operator-199");
  }

  @Test
  void aDeletedMailIsNeitherShownNorGivenOut() {
    MailId id = keep(post(USERS));
    var unused = quarantine.delete(id, "anna");
    assertThat(quarantine.download(id, "anna")).isInstanceOf(DownloadOutcome.Gone.class);
    assertThat(quarantine.look(quarantine.find(id).orElseThrow())).isEmpty();
  }

  @Test
  void whatIsKeptForLongerThanMailIsKeptCannotBeDecidedAbout() {
    MailId id = keep(post(USERS));
    now = NOW.plus(KEPT_FOR).minusSeconds(1);
    assertThat(log.index.kept()).isEqualTo(1);
    now = NOW.plus(KEPT_FOR);
    assertThat(log.index.kept()).isZero();
    assertThat(quarantine.list(State.KEPT, QuarantineFilter.ALL, null, 9)).isEmpty();
    assertThat(quarantine.list(State.EXPIRED, QuarantineFilter.ALL, null, 9)).hasSize(1);
    assertThat(quarantine.release(id, "anna", ReleaseWish.PLAIN))
        .isInstanceOf(ActOutcome.Expired.class);
    assertThat(quarantine.delete(id, "anna")).isInstanceOf(ActOutcome.Expired.class);
    assertThat(quarantine.download(id, "anna")).isInstanceOf(DownloadOutcome.Gone.class);
    assertThat(log.records()).hasSize(1);
  }

  @Test
  void aDecisionMadeInTimeIsDoneAlsoWhenTheStageIsLate() {
    MailId id = keep(post(USERS));
    var unused = quarantine.release(id, "anna", ReleaseWish.PLAIN);
    now = NOW.plus(KEPT_FOR).plusSeconds(1);
    assertThat(runStage().on(Topics.LISTS)).hasSize(1);
  }

  @Test
  void aSecondRecordOfAMailAddsTheRecipientsTheFirstDidNotHave() {
    MailId id = keep(post(USERS));
    keep(id, post(DEV), post(USERS));
    assertThat(quarantine.find(id).orElseThrow().meta().mail().recipients())
        .containsExactly(post(USERS), post(DEV));
    var unused = quarantine.release(id, "anna", ReleaseWish.PLAIN);
    keep(id, to("late@lists.example.org", new Route.Submission()));
    RecordingTransaction written = runStage();
    assertThat(written.on(Topics.LISTS)).hasSize(2);
    assertThat(written.on(Topics.OUTGOING)).as("nobody decided about that one").isEmpty();
  }

  @Test
  void findsByListAddressVerdictAndWordsAndCounts() {
    MailId users = keep(post(USERS));
    MailId dev = keep(post(DEV));
    MailId deleted = keep(post(DEV));
    var unused = quarantine.delete(deleted, "anna");
    assertThat(found(new QuarantineFilter(USERS, null, null, ""))).containsExactly(users);
    MailAddress devAddress = MailAddress.of("DEV@lists.example.org");
    assertThat(found(new QuarantineFilter(null, devAddress, null, ""))).containsExactly(dev);
    assertThat(found(new QuarantineFilter(null, null, Verdict.SPAM, ""))).isEmpty();
    assertThat(found(new QuarantineFilter(null, null, Verdict.INFECTED, "SAMPLE")))
        .containsExactly(dev, users);
    assertThat(found(new QuarantineFilter(null, null, null, "milena@"))).hasSize(2);
    assertThat(found(new QuarantineFilter(null, null, null, "nothing like it"))).isEmpty();
    assertThat(quarantine.counts(new QuarantineFilter(DEV, null, null, "")))
        .containsEntry(State.KEPT, 1L)
        .containsEntry(State.DELETED, 1L)
        .containsEntry(State.RELEASED, 0L);
  }

  private List<MailId> found(QuarantineFilter filter) {
    return quarantine.list(State.KEPT, filter, null, 9).stream().map(QuarantineEntry::id).toList();
  }

  @Test
  void ofOperatorsWhoActInTheSameMomentOneDecides() {
    Random random = new Random(20261128);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 100; round++) {
        MailId id = keep(post(USERS));
        int first = log.records().size();
        List<Future<ActOutcome>> clicks = new ArrayList<>();
        for (int click = 0; click < 4; click++) {
          String by = "operator-" + random.nextInt(3);
          boolean release = random.nextBoolean();
          Quarantine desk = random.nextInt(4) == 0 ? withTwo : quarantine;
          clicks.add(
              threads.submit(
                  () -> release ? desk.release(id, by, ReleaseWish.PLAIN) : desk.delete(id, by)));
        }
        clicks.forEach(click -> assertThat(click).succeedsWithin(Duration.ofSeconds(10)));
        RecordingTransaction written = new RecordingTransaction();
        log.records()
            .subList(first, log.records().size())
            .forEach(record -> stage.prepare(record).write(written));
        State state = quarantine.find(id).orElseThrow().state(now);
        long decisions =
            events(written).stream().filter(event -> event.kind() != MailEvent.Kind.NOTICE).count();
        assertThat(decisions).isEqualTo(state == State.KEPT ? 0 : 1);
        assertThat(written.on(Topics.LISTS)).hasSize(state == State.RELEASED ? 1 : 0);
      }
    }
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

  private static final AuthenticationReport PROVEN =
      new AuthenticationReport(
          AuthenticationReport.Result.PASS,
          AuthenticationReport.Result.PASS,
          AuthenticationReport.Result.PASS,
          "example.org",
          null);

  private static ScanReport report(Verdict verdict) {
    return new ScanReport(
        verdict,
        List.of(
            new ScanReport.EngineReport(
                "clamd", "1.4/2", verdict, verdict == Verdict.CLEAN ? "" : "Eicar", null)),
        AuthenticationReport.NOT_CHECKED,
        NOW,
        null,
        null,
        null);
  }

  private static QuarantineAct decision(MailId id, QuarantineAct.Act act, String by) {
    return new QuarantineAct(id, act, by, NOW, null, null, null);
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
    ScanReport report = new ScanReport(Verdict.INFECTED, List.of(), PROVEN, NOW, null, null, null);
    QuarantineMeta meta =
        new QuarantineMeta(
            ReceivedMail.meta(id, message, recipients).withScan(report), "infected", now);
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
