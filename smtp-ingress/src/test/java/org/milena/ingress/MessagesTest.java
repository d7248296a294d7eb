package org.milena.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.ingress.fixture.FakePublisher.Taken;
import org.milena.ingress.fixture.SmtpClient;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.session.PortRole;
import org.milena.testkit.script.Reply;

/** What becomes of messages: their octets, the field above them, and what is said beside them. */
class MessagesTest {
  private final TestSite site = TestSite.start();

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void publishesTheOctetsAsTheyCameWithOneFieldAbove() throws Exception {
    Reply reply;
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      reply =
          client.mail(
              "From: a@ext.example\r\nMessage-ID: <1@ext.example>\r\n\r\n..dot\r\n"
                  + "\u00e4\u0000\r\n");
    }

    Taken taken = site.publisher.only();
    byte[] sent =
        "From: a@ext.example\r\nMessage-ID: <1@ext.example>\r\n\r\n.dot\r\n\u00e4\u0000\r\n"
            .getBytes(ISO_8859_1);
    assertThat(taken.sent()).isEqualTo(sent);
    assertThat(taken.meta().sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sent)));
    assertThat(reply.last()).isEqualTo("250 2.0.0 Ok: queued as " + taken.meta().mailId());
    assertThat(new String(taken.message().unsafeBytes(), ISO_8859_1))
        .matches(
            "(?s)Received: from client\\.example \\(\\[127\\.0\\.0\\.1\\]\\)\r\n"
                + "\tby mx\\.lists\\.example\\.org with ESMTP id "
                + taken.meta().mailId()
                + "\r\n\tfor <users@lists\\.example\\.org>;\r\n"
                + "\t[A-Z][a-z]{2}, \\d{1,2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000\r\n"
                + "From: .*");
  }

  @Test
  void saysBesideItWhatIsNotInIt() throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(
          250, client.command("MAIL FROM:<J@Ext.Example> BODY=8BITMIME SMTPUTF8 SIZE=9"));
      SmtpClient.expect(250, client.command("RCPT TO:<users@lists.example.org>"));
      SmtpClient.expect(250, client.command("RCPT TO:<USERS@lists.example.org>"));
      SmtpClient.expect(250, client.command("RCPT TO:<users-bounces+TaG@lists.example.org>"));
      SmtpClient.expect(250, client.command("RCPT TO:<Postmaster>"));
      SmtpClient.expect(250, client.command("RCPT TO:<x@hub.example.org>"));
      SmtpClient.expect(354, client.command("DATA"));
      client.send("Message-ID: <1@ext.example>\r\n\r\n.\r\n");
      SmtpClient.expect(250, client.reply());
    }

    Taken taken = site.publisher.only();
    MailMeta meta = taken.meta();
    assertThat(meta.reversePath()).isEqualTo(ReversePath.of("J@ext.example"));
    ListId users = new ListId("users.lists.example.org");
    assertThat(meta.recipients())
        .containsExactly(
            new RoutedRecipient(
                ForwardPath.of("users@lists.example.org"), new Route.ListPost(users)),
            new RoutedRecipient(
                ForwardPath.of("users-bounces+TaG@lists.example.org"),
                new Route.ListRole(users, Route.Role.BOUNCES, "TaG")),
            new RoutedRecipient(new ForwardPath.Postmaster(), new Route.SiteRole("postmaster")),
            new RoutedRecipient(
                ForwardPath.of("x@hub.example.org"), new Route.RelayedDomain("hub.example.org")));
    assertThat(meta.body()).isEqualTo(new MailMeta.BodyFacts(true, true));
    assertThat(meta.client().address()).isEqualTo("127.0.0.1");
    assertThat(meta.client().helo()).isEqualTo("client.example");
    assertThat(meta.client().protocol()).isEqualTo("UTF8SMTP");
    assertThat(meta.client().tls()).isNull();
    assertThat(meta.client().account()).isNull();
    // with several recipients none is named
    assertThat(new String(taken.message().unsafeBytes(), UTF_8)).doesNotContain("\tfor ");

    MailEvent event = site.publisher.events().getFirst();
    assertThat(event.kind()).isEqualTo(MailEvent.Kind.RECEIVED);
    assertThat(event.mailId()).isEqualTo(meta.mailId());
    assertThat(event.list()).isEqualTo(users);
    assertThat(event.messageId()).isEqualTo("1@ext.example");
    assertThat(event.count()).isEqualTo(4);
  }

  @Test
  void saysWhoSubmittedAndHowItWasEncrypted() throws IOException {
    try (SmtpClient client = SmtpClient.helloTls(site.port(PortRole.SUBMISSIONS)).login()) {
      SmtpClient.expect(250, client.command("MAIL FROM:<anna@example.com>"));
      SmtpClient.expect(250, client.command("RCPT TO:<x@ext.example>"));
      SmtpClient.expect(354, client.command("DATA"));
      client.send("From: anna@example.com\r\n\r\n.\r\n");
      SmtpClient.expect(250, client.reply());
    }

    Taken taken = site.publisher.only();
    assertThat(taken.meta().client().protocol()).isEqualTo("ESMTPSA");
    assertThat(taken.meta().client().account()).isEqualTo("anna");
    assertThat(taken.meta().client().tls()).isNotNull();
    assertThat(taken.meta().recipients().getFirst().route()).isEqualTo(new Route.Submission());
    assertThat(HeaderBlock.of(taken.message()).fields().getFirst().value())
        .contains("with ESMTPSA id")
        .contains("tls TLS_")
        .doesNotContain("anna");
  }

  @Test
  void submitsFromEveryAddressOfTheAccount() throws IOException {
    site.directory.addAddress("anna", MailAddress.of("anna@home.example"));
    try (SmtpClient client = SmtpClient.helloTls(site.port(PortRole.SUBMISSIONS)).login()) {
      SmtpClient.expect(250, client.command("MAIL FROM:<anna@home.example>"));
      SmtpClient.expect(250, client.command("RCPT TO:<x@ext.example>"));
      SmtpClient.expect(354, client.command("DATA"));
      client.send("From: anna@home.example\r\n\r\n.\r\n");
      SmtpClient.expect(250, client.reply());
      assertThat(client.command("MAIL FROM:<boss@home.example>").last()).startsWith("5");
    }
    assertThat(site.publisher.only().meta().client().account()).isEqualTo("anna");
  }

  @Test
  void aFromWithASecondAuthorIsNotYours() throws IOException {
    try (SmtpClient client = SmtpClient.helloTls(site.port(PortRole.SUBMISSIONS)).login()) {
      for (String header :
          new String[] {
            "From: anna@example.com, boss@example.com\r\n",
            "From: anna@example.com\r\nFrom: boss@example.com\r\n",
            "Subject: no author\r\n"
          }) {
        SmtpClient.expect(250, client.command("MAIL FROM:<anna@example.com>"));
        SmtpClient.expect(250, client.command("RCPT TO:<x@ext.example>"));
        SmtpClient.expect(354, client.command("DATA"));
        client.send(header + "\r\n.\r\n");
        assertThat(client.reply().last()).startsWith("550 5.7.1");
      }
    }
    assertThat(site.publisher.mails()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "no header at all\r\n",
        "Subject: header only\r\n",
        "From the mbox\r\nSubject: x\r\n\r\nbody\r\n",
        "__proto__: x\r\nconstructor: y\r\n: nameless\r\n\r\nbody\r\n"
      })
  void takesOddMessages(String message) throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.mail(message));
    }
    String all = new String(site.publisher.only().message().unsafeBytes(), ISO_8859_1);
    int end = all.endsWith(message) ? all.length() - message.length() : -1;
    if (message.startsWith("From ")) {
      assertThat(all)
          .startsWith("From the mbox\r\nReceived: ")
          .endsWith("Subject: x\r\n\r\nbody\r\n");
    } else {
      assertThat(all.substring(0, end)).startsWith("Received: ");
    }
  }

  /** D-19: never split, never folded, never refused for its lines. */
  @ParameterizedTest
  @ValueSource(ints = {998, 999, 1_000, 8_191, 8_192, 16_384, 65_536, 10_000_000})
  void keepsLinesHoweverLong(int length) throws IOException {
    String message = "Subject: x\r\n\r\n" + "y".repeat(length) + "\r\n";
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.mail(message));
    }
    assertThat(site.publisher.only().sent()).isEqualTo(message.getBytes(ISO_8859_1));
  }

  @Test
  void keepsRandomOctetsOfManySizes() throws IOException {
    var random = new Random(7);
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      for (int round = 0; round < 60; round++) {
        byte[] body = new byte[random.nextInt(1, round % 10 == 0 ? 300_000 : 20_000)];
        random.nextBytes(body);
        for (int i = 0; i < body.length; i++) {
          if (body[i] == '\r' || body[i] == '\n') {
            body[i] = '.';
          } else if (random.nextInt(40) == 0 && i + 1 < body.length) {
            body[i++] = '\r';
            body[i] = '\n';
          }
        }
        String message = "Subject: x\r\n\r\n" + new String(body, ISO_8859_1) + "\r\n";
        SmtpClient.expect(250, client.mail(message.replace("\r\n.", "\r\n..")));
        assertThat(site.publisher.mails().getLast().sent()).isEqualTo(message.getBytes(ISO_8859_1));
      }
    }
  }

  @Test
  void aCircleEndsAtFiftyHops() throws IOException {
    String hop = "Received: from x by y; Mon, 1 Jan 2024 00:00:00 +0000\r\n";
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.mail(hop.repeat(50) + "\r\n"));
      assertThat(client.mail(hop.repeat(51) + "\r\n").last()).startsWith("554 5.4.6");
      SmtpClient.expect(250, client.mail("Subject: next\r\n\r\n"));
    }
  }

  @Test
  void aHeaderHasAnEnd() throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.mail("A: b\r\n".repeat(10_000) + "\r\n"));
      assertThat(client.mail("A: b\r\n".repeat(10_001) + "\r\n").last()).startsWith("554 5.6.0");
      SmtpClient.expect(250, client.mail("\r\n" + "a: b\r\n".repeat(20_000)));
    }
  }
}
