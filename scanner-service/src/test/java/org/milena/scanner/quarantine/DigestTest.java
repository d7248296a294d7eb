package org.milena.scanner.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.ReceivedMail.DEV;
import static org.milena.scanner.ReceivedMail.USERS;
import static org.milena.scanner.ReceivedMail.post;
import static org.milena.scanner.ReceivedMail.to;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.QuarantineDigest;
import org.milena.common.event.QuarantineMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.scanner.Lists;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.RecordingTransaction;
import org.milena.scanner.routing.ProvenSender;
import org.milena.scanner.routing.Routing;
import org.milena.scanner.scan.SampleMail;

class DigestTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");

  private Instant now = MIDNIGHT.minus(Duration.ofHours(3));
  private final InstantSource clock = () -> now;
  private final MemoryLog log = new MemoryLog(Duration.ofDays(30), clock);
  private final Lists lists =
      new Lists()
          .with(USERS)
          .with(DEV)
          .with(USERS, "olga@example.net", MemberRole.OWNER)
          .with(USERS, "otto@example.com", MemberRole.OWNER)
          .with(USERS, "mia@example.net", MemberRole.MEMBER)
          .with(USERS, "mo@example.net", MemberRole.MODERATOR)
          .with(DEV, "olga@example.net", MemberRole.OWNER);
  private final Routing routing =
      new Routing(Optional.empty(), new ProvenSender(_ -> Optional.empty()), clock);
  private final DigestTick one = tick(DAY, "one");
  private final DigestTick two = tick(DAY, "two");

  private ReleaseStage stage = stage(Optional.empty());
  private int read;

  @Test
  void eachListsOwnersGetOneMailAboutTheirListAndNobodyElse() {
    MailId users = keep("invoice", post(USERS));
    MailId both = keep("both", post(USERS), post(DEV));
    MailId relayed = keep("relayed", to("someone@inside.example.org", new Route.Submission()));
    now = MIDNIGHT;
    assertThat(one.look()).isTrue();
    RecordingTransaction written = runStage();
    assertThat(written.on(Topics.OUTGOING)).hasSize(2);
    assertThat(recipients(written))
        .containsExactlyInAnyOrder("olga@example.net", "otto@example.com", "olga@example.net");
    String toUsers = text(written.on(Topics.OUTGOING).getFirst());
    assertThat(toUsers)
        .contains(users.toString(), both.toString(), "invoice", "infected", "clamd says Eicar")
        .contains("postmaster@lists.example.org")
        .doesNotContain(relayed.toString());
    assertThat(text(written.on(Topics.OUTGOING).getLast()))
        .contains(both.toString())
        .doesNotContain(users.toString());
    assertThat(written.on(Topics.EVENTS))
        .extracting(record -> MailRecords.json(record, MailEvent.class).kind())
        .containsExactly(MailEvent.Kind.NOTICE, MailEvent.Kind.NOTICE);
  }

  @Test
  void saysThatAMachineWroteItAndTakesNoBounces() {
    keep("x", post(USERS));
    now = MIDNIGHT;
    var unused = one.look();
    RecordingTransaction written = runStage();
    InRecord content = written.on(Topics.OUTGOING).getFirst();
    HeaderBlock header = HeaderBlock.of(MailRecords.message(content));
    assertThat(value(header, "Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(value(header, "From"))
        .isEqualTo("\"Quarantine of lists.example.org\" <postmaster@lists.example.org>");
    assertThat(value(header, "To")).isEqualTo("users-owner@lists.example.org");
    assertThat(value(header, "Subject"))
        .isEqualTo("1 mail kept in quarantine for users@lists.example.org");
    assertThat(header.has("List-Id")).isFalse();
    OutgoingMeta meta = MailRecords.meta(content, OutgoingMeta.class);
    assertThat(meta.kind()).isEqualTo(OutgoingMeta.Kind.NOTICE);
    for (InRecord record : written.on(Topics.DELIVERIES)) {
      Delivery delivery = MailRecords.json(record, Delivery.class);
      assertThat(delivery.returnPath()).isEqualTo(new ReturnPath.Fixed(new ReversePath.Null()));
      assertThat(delivery.content().mailId()).isEqualTo(meta.mailId());
    }
  }

  @Test
  void neverWritesToTheAuthorAMailClaimsNorToItsReversePath() {
    keep("x", post(USERS), post(DEV));
    now = MIDNIGHT;
    var unused = one.look();
    RecordingTransaction written = runStage();
    assertThat(recipients(written)).doesNotContain("milena@example.org");
    assertThat(written.topics()).containsOnly(Topics.EVENTS, Topics.OUTGOING, Topics.DELIVERIES);
  }

  @Test
  void ofTheRecordsOfAPeriodTheFirstIsDone() {
    keep("x", post(USERS));
    now = MIDNIGHT;
    InRecord first = digest(MIDNIGHT, "one");
    digest(MIDNIGHT, "two");
    digest(MIDNIGHT.minus(DAY), "three");
    assertThat(runStage().on(Topics.OUTGOING)).hasSize(1);
    assertThat(one.look()).as("somebody was before").isFalse();
    // set aside as a dead letter and replayed: the same value is the first still
    InRecord again =
        log.append(
            MailRecords.json(
                Topics.QUARANTINE,
                "digest",
                RecordType.QUARANTINE_DIGEST,
                MailRecords.json(first, QuarantineDigest.class)));
    RecordingTransaction written = new RecordingTransaction();
    stage.prepare(again).write(written);
    assertThat(written.on(Topics.OUTGOING)).hasSize(1);
  }

  @Test
  void everyMailIsToldOfInExactlyOneDigest() {
    Random random = new Random(7);
    Set<String> kept = new TreeSet<>();
    Set<String> told = new TreeSet<>();
    int times = 0;
    for (int hour = 0; hour < 24 * 20; hour++) {
      for (int i = random.nextInt(3); i > 0; i--) {
        kept.add(keep("x", post(USERS)).toString());
      }
      now = now.plus(Duration.ofMinutes(60 + random.nextInt(-5, 6)));
      for (DigestTick tick : random.nextBoolean() ? List.of(one, two) : List.of(two)) {
        if (random.nextInt(4) > 0) {
          var unused = tick.look();
        }
      }
      if (random.nextInt(10) == 0) {
        digest(Instant.ofEpochMilli(now.toEpochMilli() / DAY.toMillis() * DAY.toMillis()), "late");
      }
      for (InRecord mail : runStage().on(Topics.OUTGOING)) {
        times++;
        for (String id : ids(text(mail))) {
          assertThat(told.add(id)).as(id).isTrue();
        }
      }
    }
    now = now.plus(DAY.multipliedBy(2));
    var unused = one.look();
    runStage().on(Topics.OUTGOING).forEach(mail -> told.addAll(ids(text(mail))));
    assertThat(told).isEqualTo(kept);
    assertThat(times).isBetween(18, 21);
  }

  @Test
  void aQuietPeriodHasNoDigest() {
    now = MIDNIGHT;
    assertThat(one.look()).isFalse();
    keep("x", post(USERS));
    assertThat(one.look()).as("kept in a period that is not over").isFalse();
    now = MIDNIGHT.plus(DAY);
    assertThat(one.look()).isTrue();
    assertThat(one.look()).isFalse();
    now = MIDNIGHT.plus(DAY.multipliedBy(2));
    assertThat(one.look()).as("told of already").isFalse();
  }

  @Test
  void aSiteThatWasDownAtTheEndOfAPeriodTellsWhenItIsBack() {
    keep("x", post(USERS));
    now = MIDNIGHT.plus(Duration.ofHours(9));
    assertThat(one.look()).isTrue();
    QuarantineDigest digest = MailRecords.json(log.records().getLast(), QuarantineDigest.class);
    assertThat(digest.until()).isEqualTo(MIDNIGHT);
    assertThat(digest.by()).isEqualTo("one");
  }

  @Test
  void aPeriodOfZeroIsNever() {
    keep("x", post(USERS));
    now = MIDNIGHT;
    assertThat(tick(Duration.ZERO, "one").look()).isFalse();
  }

  @Test
  void aViewThatIsNotCompleteDoesNotSayWhatWasToldOf() {
    keep("x", post(USERS));
    now = MIDNIGHT;
    log.complete = false;
    assertThat(one.look()).isFalse();
  }

  @Test
  void thePostmasterIsToldOfEverything() {
    stage = stage(Optional.of(MailAddress.of("admin@example.com")));
    MailId users = keep("x", post(USERS));
    MailId relayed = keep("y", to("someone@inside.example.org", new Route.Submission()));
    now = MIDNIGHT;
    var unused = one.look();
    RecordingTransaction written = runStage();
    assertThat(recipients(written)).contains("admin@example.com");
    assertThat(text(written.on(Topics.OUTGOING).getLast()))
        .contains(users.toString(), relayed.toString());
  }

  @Test
  void nothingGoesToAnAddressThatWantsNothing() {
    lists.suppressing("olga@example.net");
    keep("x", post(USERS), post(DEV));
    now = MIDNIGHT;
    var unused = one.look();
    RecordingTransaction written = runStage();
    assertThat(recipients(written)).containsExactly("otto@example.com");
    assertThat(written.on(Topics.OUTGOING)).hasSize(1);
  }

  @Test
  void wordsOfStrangersStandInTheTextAsEscapesAndNowhereElse() {
    keep(
        "=?utf-8?Q?a=0D=0ABcc:_eve@example.org=0D=0A=0D=0A?= \u001b[31m=?utf-8?Q?=E2=80=AE?= <b>",
        post(USERS));
    now = MIDNIGHT;
    var unused = one.look();
    InRecord content = runStage().on(Topics.OUTGOING).getFirst();
    HeaderBlock header = HeaderBlock.of(MailRecords.message(content));
    assertThat(header.has("Bcc")).isFalse();
    assertThat(text(content))
        .contains("  subject  a Bcc: eve@example.org")
        .contains("\\u{1b}[31m\\u{202e}")
        .contains("<b>");
    assertThat(text(content).lines()).noneMatch(line -> line.startsWith("Bcc"));
  }

  @Test
  void whateverASubjectIsTheMessageIsSevenBitsWideWithLinesThatFit() {
    Random random = new Random(99);
    for (int round = 0; round < 200; round++) {
      StringBuilder subject = new StringBuilder("=?utf-8?B?");
      byte[] noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      subject.append(Base64.getEncoder().encodeToString(noise)).append("?=");
      keep(subject.toString(), post(USERS));
      now = now.plus(DAY);
      var unused = one.look();
      RawMessage message = MailRecords.message(runStage().on(Topics.OUTGOING).getFirst());
      assertThat(SampleMail.text(message).split("\r\n", -1))
          .allSatisfy(line -> {
            assertThat(line).hasSizeLessThan(999);
            assertThat(line.chars()).allMatch(c -> c >= 32 && c < 127);
          });
    }
  }

  @Test
  void aFloodIsCounted() {
    for (int i = 0; i < DigestMail.MOST_MAILS + 7; i++) {
      keep("x", post(USERS));
    }
    now = MIDNIGHT;
    var unused = one.look();
    String text = text(runStage().on(Topics.OUTGOING).getFirst());
    assertThat(ids(text)).hasSize(DigestMail.MOST_MAILS);
    assertThat(text).contains("And 7 more.");
  }

  private DigestTick tick(Duration period, String instance) {
    return new DigestTick(log.index, log, log, period, instance, clock);
  }

  private ReleaseStage stage(Optional<MailAddress> postmaster) {
    return new ReleaseStage(
        log.index,
        log,
        log,
        routing,
        new DigestNotices(
            lists.directory(),
            MailAddress.of("postmaster@lists.example.org"),
            postmaster,
            clock,
            new Random(5)),
        clock);
  }

  private MailId keep(String subject, RoutedRecipient... recipients) {
    MailId id = ReceivedMail.nextId();
    RawMessage message =
        RawMessage.wrap(
            SampleMail.bytes(
                "From: Milena <milena@example.org>\r\nSubject: " + subject + "\r\n\r\nx\r\n"));
    ScanReport report =
        new ScanReport(
            Verdict.INFECTED, List.of(), AuthenticationReport.NOT_CHECKED, now, null, null, null);
    log.append(
        MailRecords.mail(
            Topics.QUARANTINE,
            id.toString(),
            RecordType.QUARANTINED_MAIL,
            new QuarantineMeta(
                ReceivedMail.meta(id, message, recipients).withScan(report),
                "infected: clamd says Eicar",
                now),
            id,
            message));
    return id;
  }

  private InRecord digest(Instant until, String by) {
    return log.append(
        MailRecords.json(
            Topics.QUARANTINE,
            "digest",
            RecordType.QUARANTINE_DIGEST,
            new QuarantineDigest(until, by, now)));
  }

  /** What is new in the log, once. */
  private RecordingTransaction runStage() {
    RecordingTransaction transaction = new RecordingTransaction();
    List<InRecord> records = log.records();
    for (; read < records.size(); read++) {
      stage.prepare(records.get(read)).write(transaction);
    }
    return transaction;
  }

  private static List<String> recipients(RecordingTransaction written) {
    return written.on(Topics.DELIVERIES).stream()
        .map(record -> MailRecords.json(record, Delivery.class))
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .toList();
  }

  private static String value(HeaderBlock header, String name) {
    return header.first(name).map(HeaderField::value).orElseThrow();
  }

  private static String text(InRecord record) {
    RawMessage message = MailRecords.message(record);
    HeaderBlock header = HeaderBlock.of(message);
    byte[] bytes = message.toByteArray();
    String body =
        new String(
            bytes,
            header.bodyOffset(),
            bytes.length - header.bodyOffset(),
            StandardCharsets.US_ASCII);
    return value(header, "Content-Transfer-Encoding").equals("7bit")
        ? body
        : new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8);
  }

  private static Set<String> ids(String text) {
    return text.lines()
        .filter(line -> line.matches("[0-9a-f-]{36}"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
