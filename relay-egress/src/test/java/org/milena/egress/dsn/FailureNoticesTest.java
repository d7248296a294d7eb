package org.milena.egress.dsn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.event.Delivery;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.outgoing.PlainText;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader;
import org.milena.common.status.SmtpReply;
import org.milena.egress.job.Failures;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Phase;

class FailureNoticesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");
  private static final MailId ABOUT = MailId.of("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final MailPointer POINTER =
      new MailPointer(new RecordPosition(Topics.OUTGOING, 0, 7), ABOUT, "00");
  private static final String MAIL =
      "Received: from a\r\n by b\r\nFrom: ana@example.org\r\nSubject: =?utf-8?q?gr=C3=BC=C3=9Fe?="
          + "\r\nMessage-ID: <m1@example.org>\r\n\r\nthe secret text\r\n";

  private static final String SEVEN_BIT_STATUS =
      "Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: 7bit\r\n";

  @Test
  void saysWhoAndWhyAndGivesTheHeaderBack() {
    FailureNotice notice =
        notices(MAIL).write(List.of(failures("ana@example.org", gone("bob@b.example")))).getFirst();
    assertThat(notice.to()).isEqualTo(MailAddress.of("ana@example.org"));
    assertThat(notice.about()).isEqualTo(ABOUT);
    assertThat(notice.aboutMessageId()).isEqualTo("m1@example.org");
    assertThat(notice.failed()).isEqualTo(1);
    String text = text(notice);
    assertThat(text)
        .contains(
            "From: Mail Delivery <postmaster@lists.example.org>\r\n",
            "To: ana@example.org\r\n",
            "Message-ID: <" + notice.messageId() + ">\r\n",
            "In-Reply-To: <m1@example.org>\r\n",
            "Auto-Submitted: auto-replied\r\n",
            "bob@b.example",
            "Received: from a\r\n by b\r\n",
            "Arrival-Date: Sat, 28 Nov 2026 09:00:00 +0000\r\n")
        .doesNotContain("secret");
    HeaderBlock header = HeaderBlock.of(notice.message());
    assertThat(header.first("Subject").orElseThrow().decoded()).isEqualTo("Not delivered: grüße");
    List<String> parts = parts(notice);
    assertThat(parts).hasSize(3);
    assertThat(parts.get(1)).startsWith(SEVEN_BIT_STATUS);
    assertThat(parts.get(2)).startsWith("Content-Type: text/rfc822-headers; charset=utf-8\r\n");
  }

  static List<RuntimeException> whyAMessageIsNotThere() {
    return List.of(
        new DeadPointerException("nothing lies there"),
        new UnreadableRecordException("no message lies there"),
        new IllegalArgumentException("no place is called that"));
  }

  @ParameterizedTest
  @MethodSource("whyAMessageIsNotThere")
  void doesWithoutTheMessageWhereItIsGone(RuntimeException why) {
    MailReader gone =
        _ -> {
          throw why;
        };
    FailureNotice notice =
        notices(gone).write(List.of(failures("ana@example.org", gone("bob@b.example")))).getFirst();
    assertThat(notice.aboutMessageId()).isNull();
    assertThat(text(notice)).contains("Subject: Not delivered:\r\n").doesNotContain("In-Reply-To");
    assertThat(parts(notice)).hasSize(2);
  }

  @Test
  void readsAMessageOnceHoweverManyDeliveriesOfItFail() {
    List<MailPointer> read = new ArrayList<>();
    MailReader reader =
        pointer -> {
          read.add(pointer);
          return stored(pointer, MAIL);
        };
    FailureNotices notices = notices(reader);
    List<Failures> batch =
        List.of(
            failures("ana@example.org", gone("bob@b.example")),
            failures("ana@example.org", gone("cat@c.example")));
    assertThat(notices.write(batch))
        .extracting(FailureNotice::aboutMessageId)
        .containsExactly("m1@example.org", "m1@example.org");
    notices.write(batch);
    assertThat(read).as("the batch written again").containsExactly(POINTER);
    notices.write(List.of());
    notices.write(batch);
    assertThat(read).as("a batch of its own").containsExactly(POINTER, POINTER);
  }

  @Test
  void readsOnAfterAnOutageWhereItStopped() {
    List<MailPointer> read = new ArrayList<>();
    MailPointer second = new MailPointer(new RecordPosition(Topics.OUTGOING, 0, 8), ABOUT, "00");
    MailReader reader =
        pointer -> {
          read.add(pointer);
          if (read.size() == 2) {
            throw new OutageException("away");
          }
          return stored(pointer, MAIL);
        };
    FailureNotices notices = notices(reader);
    List<Failures> batch =
        List.of(
            failures("ana@example.org", gone("bob@b.example")),
            failures(second, "ana@example.org", gone("cat@c.example")));
    assertThatThrownBy(() -> notices.write(batch)).isInstanceOf(OutageException.class);
    assertThat(notices.write(batch)).hasSize(2);
    assertThat(read).containsExactly(POINTER, second, second);
  }

  @Test
  void givesProgramsFieldsOfSevenBitsWhateverAStatusSays() {
    for (String status : List.of("5.0.0\u00fc", "5.0.0\r\nTo: x", "5".repeat(2_000))) {
      Failures.One one =
          new Failures.One(
              MailAddress.of("bob@b.example"),
              new RecipientOutcome.Failed(status, "no"),
              new Happening.Suppressed("no"));
      FailureNotice notice =
          notices(MAIL).write(List.of(failures("ana@example.org", one))).getFirst();
      assertThat(parts(notice).get(1))
          .startsWith(SEVEN_BIT_STATUS)
          .doesNotContain("\nTo:")
          .matches(part -> PlainText.isPlain(Plain.utf8(part)));
    }
  }

  @Test
  void aSubjectIsNotCutWithinACharacter() {
    for (int before = 195; before < 205; before++) {
      String subject = "x".repeat(before) + "\ud83d\ude00".repeat(9);
      FailureNotice notice =
          notices("Subject: " + subject + "\r\n\r\ntext")
              .write(List.of(failures("ana@example.org", gone("bob@b.example"))))
              .getFirst();
      assertThat(HeaderBlock.of(notice.message()).first("Subject").orElseThrow().decoded())
          .matches("Not delivered: x+(?:\ud83d\ude00)*\u2026");
    }
  }

  @Test
  void writesAddressesBeyondAsciiSoThatEverybodyCanReadThem() {
    FailureNotice notice =
        notices(MAIL)
            .write(List.of(failures("jürgen@example.org", gone("bä+x@b.example"))))
            .getFirst();
    String text = text(notice);
    assertThat(text).contains("To: jürgen@example.org\r\n");
    assertThat(text).contains("Final-Recipient: utf-8; b\\x{E4}\\x{2B}x@b.example\r\n");
  }

  @Test
  void staysShortHoweverLongAHeaderIs() {
    String header = "X-A: " + "a".repeat(70) + "\r\n";
    FailureNotice notice =
        notices(header.repeat(10_000) + "\r\ntext")
            .write(List.of(failures("ana@example.org", gone("bob@b.example"))))
            .getFirst();
    assertThat(notice.message().size()).isLessThan(OriginalHeader.MOST + 8_000);
  }

  @Test
  void isAWellFormedMessageOfSevenBitsWhateverOthersWrote() {
    Random random = new Random(3464);
    for (int seed = 0; seed < 3_000; seed++) {
      String mail = rubbish(random, 400) + "\r\n\r\nsecret-text\r\n";
      String reason = rubbish(random, 300);
      Failures.One one =
          new Failures.One(
              MailAddress.of("bob@b.example"),
              new RecipientOutcome.Failed("5.0.0", reason),
              new Happening.Answered(
                  rubbish(random, 40), Phase.RCPT, SmtpReply.received(550, List.of(reason))));
      FailureNotice notice =
          notices(mail).write(List.of(failures("ana@example.org", one))).getFirst();
      byte[] bytes = notice.message().toByteArray();
      assertThat(PlainText.isPlain(bytes)).as("seed %d: %s", seed, mail).isTrue();
      String text = text(notice);
      assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThan(1_000);
      assertThat(parts(notice)).as("seed %d", seed).hasSizeBetween(2, 3);
      String fields = parts(notice).get(1);
      assertThat(fields).as("seed %d", seed).startsWith(SEVEN_BIT_STATUS);
      assertThat(fields.substring(fields.indexOf("\r\n\r\n") + 4).lines())
          .as("seed %d", seed)
          .allMatch(line -> line.isEmpty() || line.matches("[A-Z][A-Za-z-]+: .*|[ \t].*"));
    }
  }

  @Test
  void quotesWhatIsNotPlain() {
    String text = "gr\u00fc\u00dfe = x \r\n" + "y".repeat(200) + "\t\r\nend";
    String quoted = Plain.quoted(Plain.utf8(text));
    assertThat(quoted.lines()).allMatch(line -> line.length() <= 76);
    assertThat(quoted).startsWith("gr=C3=BC=C3=9Fe =3D x=20\r\n").endsWith("=09\r\nend");
  }

  private static String rubbish(Random random, int most) {
    String alphabet =
        "abc <>@:;.,\"()\\\r\n"
            + "\t\0=?_-\u0085\u00fc\u202e\u2028\ud83d\ude00\n"
            + "Subject: \n"
            + "Message-ID: <";
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(most); left > 0; left--) {
      if (random.nextInt(12) == 0) {
        text.append(
            List.of("\r\nSubject: ", "\r\nMessage-ID: <x@y>\r\n", "=?utf-8?q?=0D=0A?=", "\r\n")
                .get(random.nextInt(4)));
      }
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static Failures.One gone(String address) {
    return new Failures.One(
        MailAddress.of(address),
        new RecipientOutcome.Failed("5.1.1", "mx.b.example said: 550 5.1.1 gone"),
        new Happening.Answered(
            "mx.b.example", Phase.RCPT, SmtpReply.received(550, List.of("5.1.1 gone"))));
  }

  private static Failures failures(String reportTo, Failures.One... recipients) {
    return failures(POINTER, reportTo, recipients);
  }

  private static Failures failures(
      MailPointer content, String reportTo, Failures.One... recipients) {
    MailAddress sender = MailAddress.of(reportTo);
    List<Failures.One> all = List.of(recipients);
    return new Failures(
        new DeliveryId(0, 3),
        new Delivery(
            content,
            OutgoingMeta.Kind.RELAY,
            null,
            "b.example",
            new ReturnPath.Fixed(new ReversePath.Mailbox(sender)),
            null,
            all.stream().map(Failures.One::address).toList(),
            NOW,
            sender),
        sender,
        all);
  }

  private static FailureNotices notices(String mail) {
    return notices(pointer -> stored(pointer, mail));
  }

  private static MailReader.StoredMail stored(MailPointer pointer, String mail) {
    RawMessage message = RawMessage.wrap(mail.getBytes(StandardCharsets.UTF_8));
    return new MailReader.StoredMail(
        message, new InRecord(pointer.position(), null, message.toByteArray(), Map.of(), NOW));
  }

  private static FailureNotices notices(MailReader reader) {
    return new FailureNotices(
        "us.example",
        MailAddress.of("postmaster@lists.example.org"),
        reader,
        () -> NOW,
        new Random(1));
  }

  private static String text(FailureNotice notice) {
    return new String(notice.message().toByteArray(), StandardCharsets.UTF_8);
  }

  /** What stands between the boundaries. */
  private static List<String> parts(FailureNotice notice) {
    String type = HeaderBlock.of(notice.message()).first("Content-Type").orElseThrow().value();
    String boundary = ParameterizedHeader.parse(type).parameter("boundary").orElseThrow();
    String text = text(notice);
    assertThat(text).endsWith("--" + boundary + "--\r\n");
    String[] pieces = text.split("(?:^|\r\n)--\\Q" + boundary + "\\E(?:--)?\r\n");
    return List.of(pieces).subList(1, pieces.length);
  }
}
