package org.milena.scanner.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Account;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.MailRecords;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.RecordingTransaction;
import org.milena.scanner.routing.ProvenSender;

class NoticesTest {
  private static final RawMessage MAIL =
      message(
          "From: ana@a.example\r\nSubject: =?utf-8?q?gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@a>\r\n");
  private static final RoutedRecipient RELAYED =
      ReceivedMail.to("carl@c.example", new Route.RelayedDomain("c.example"));
  private static final RoutedRecipient SUBMITTED =
      ReceivedMail.to("dora@d.example", new Route.Submission());

  private final RecordingTransaction transaction = new RecordingTransaction();
  private final Notices notices =
      new Notices(
          MailAddress.of("postmaster@lists.example.org"),
          new ProvenSender(name -> Optional.of(account(name))),
          InstantSource.fixed(ReceivedMail.RECEIVED_AT),
          new Random(1));

  @Test
  void tellsAProvenSenderWhatIsKeptBackAndWhy() {
    MailMeta meta =
        meta("ana@a.example", "ana", RELAYED, SUBMITTED, ReceivedMail.post(ReceivedMail.USERS));
    notices.keptBack(meta, MAIL, "infected: clamd says Eicar\r\nBcc: x\u202e", transaction);
    assertThat(transaction.topics())
        .containsExactly(Topics.OUTGOING, Topics.DELIVERIES, Topics.EVENTS, Topics.EVENTS);
    Delivery delivery =
        MailRecords.json(transaction.on(Topics.DELIVERIES).getFirst(), Delivery.class);
    assertThat(delivery.recipients()).containsExactly(MailAddress.of("ana@a.example"));
    assertThat(delivery.kind()).isEqualTo(OutgoingMeta.Kind.NOTICE);
    assertThat(delivery.returnPath()).isEqualTo(new ReturnPath.Fixed(new ReversePath.Null()));
    assertThat(delivery.reportTo()).isNull();
    RawMessage notice = MailRecords.message(transaction.on(Topics.OUTGOING).getFirst());
    assertThat(delivery.content().sha256()).isEqualTo(notice.sha256());
    HeaderBlock header = HeaderBlock.of(notice);
    assertThat(header.first("To").orElseThrow().decoded()).isEqualTo("ana@a.example");
    assertThat(header.first("Auto-Submitted").orElseThrow().decoded()).isEqualTo("auto-replied");
    assertThat(header.first("In-Reply-To").orElseThrow().decoded()).isEqualTo("<1@a>");
    assertThat(header.first("Subject").orElseThrow().decoded()).isEqualTo("Not delivered: grüße");
    assertThat(body(notice))
        .contains(
            "\r\n  infected: clamd says Eicar Bcc: x\r\n",
            "  carl@c.example\r\n",
            "  dora@d.example\r\n",
            "Subject:    grüße",
            meta.mailId().toString())
        .doesNotContain("users@", "secret");
    assertThat(events().getLast().text()).startsWith("ana@a.example is told: notice ");
    assertThat(events().getLast().mailId()).isEqualTo(meta.mailId());
  }

  @Test
  void tellsNobodyWhoIsNotProven() {
    notices.keptBack(meta("eve@e.example", "ana", RELAYED), MAIL, "infected", transaction);
    assertThat(transaction.topics()).containsExactly(Topics.EVENTS);
    assertThat(events().getFirst().text())
        .isEqualTo("The sender is not told: nothing proves that eve@e.example sent it.");
  }

  @Test
  void tellsNoMachineAndNoEmptyReturnPath() {
    notices.keptBack(meta("", "ana", RELAYED), MAIL, "infected", transaction);
    notices.keptBack(
        meta("ana@a.example", "ana", RELAYED),
        message("From: ana@a.example\r\nAuto-Submitted: auto-generated\r\n"),
        "infected",
        transaction);
    assertThat(transaction.topics()).containsExactly(Topics.EVENTS, Topics.EVENTS);
  }

  @Test
  void leavesPostsToTheirModerators() {
    notices.keptBack(
        meta("ana@a.example", "ana", ReceivedMail.post(ReceivedMail.USERS)),
        MAIL,
        "infected",
        transaction);
    assertThat(transaction.topics()).isEmpty();
  }

  @Test
  void isWellFormedWhateverOthersWrote() {
    Random random = new Random(5321);
    for (int seed = 0; seed < 2_000; seed++) {
      RecordingTransaction written = new RecordingTransaction();
      RawMessage message = message("Subject: " + rubbish(random) + "\r\n" + rubbish(random));
      notices.keptBack(meta("ana@a.example", "ana", RELAYED), message, rubbish(random), written);
      if (!written.on(Topics.OUTGOING).isEmpty()) {
        RawMessage notice = MailRecords.message(written.on(Topics.OUTGOING).getFirst());
        assertThat(new String(notice.toByteArray(), StandardCharsets.UTF_8))
            .as("seed %d", seed)
            .matches("(?:[\\x20-\\x7E\\t]{0,998}\r\n)+");
        assertThat(HeaderBlock.of(notice).all("To")).as("seed %d", seed).hasSize(1);
        assertThat(body(notice)).doesNotContain("secret");
      }
    }
  }

  private static String rubbish(Random random) {
    String alphabet = "ab <>@:;\r\n\t\0=?_\u0085\u00fc\u202e\u2028";
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(200); left > 0; left--) {
      text.append(
          random.nextInt(15) == 0
              ? List.of("\r\nTo: x@y\r\n", "=?utf-8?q?=0D=0A?=", "\r\nMessage-ID: <")
                  .get(random.nextInt(3))
              : alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private List<MailEvent> events() {
    return transaction.on(Topics.EVENTS).stream()
        .map(record -> MailRecords.json(record, MailEvent.class))
        .toList();
  }

  private static String body(RawMessage notice) {
    String text = new String(notice.toByteArray(), StandardCharsets.US_ASCII);
    String encoded = text.substring(text.indexOf("\r\n\r\n") + 4);
    return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  private static RawMessage message(String header) {
    return RawMessage.wrap((header + "\r\nthe secret\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Account account(String name) {
    return new Account(
        name,
        MailAddress.of(name + "@a.example"),
        null,
        List.of(),
        List.of(),
        false,
        ReceivedMail.RECEIVED_AT);
  }

  private static MailMeta meta(
      String path, @Nullable String account, RoutedRecipient... recipients) {
    return new MailMeta(
        ReceivedMail.nextId(),
        ReceivedMail.RECEIVED_AT,
        ReversePath.of(path),
        Arrays.asList(recipients),
        new MailMeta.BodyFacts(false, false),
        new ClientFacts("192.0.2.1", "mail.example.org", "ESMTPSA", null, account),
        MAIL.sha256(),
        null);
  }
}
