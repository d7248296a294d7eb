package org.milena.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.ingress.fixture.FakePublisher.Broker;
import org.milena.ingress.fixture.SmtpClient;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.policy.Limits;
import org.milena.ingress.session.PortRole;

/** What is neither refused for good nor brings a mail has an end too: as many as RCPTMAX. */
@Timeout(60)
class FruitlessTest {
  private static final int MOST = 5;
  private static final TestSite.Options OPTIONS =
      TestSite.Options.DEFAULT.with(
          new Limits(26_214_400, 2_048, MOST, 100, 1_000, 20, 100, 3, 50, 10_000));

  @Test
  void theSameRecipientAgainAndAgain() throws IOException {
    try (TestSite site = TestSite.start(OPTIONS);
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.command("MAIL FROM:<a@ext.example>"));
      SmtpClient.expect(250, client.command("RCPT TO:<users@lists.example.org>"));
      endsAfter(client, "RCPT TO:<users@lists.example.org>", "250 2.1.5");
    }
  }

  @Test
  void recipientsBeyondTheLimit() throws IOException {
    try (TestSite site = TestSite.start(OPTIONS);
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.command("MAIL FROM:<a@ext.example>"));
      for (int i = 0; i < MOST; i++) {
        SmtpClient.expect(250, client.command("RCPT TO:<r" + i + "@hub.example.org>"));
      }
      endsAfter(client, "RCPT TO:<more@hub.example.org>", "452 4.5.3");
    }
  }

  @Test
  void recipientsThatAreAskedForLater() throws IOException {
    try (TestSite site = TestSite.start(OPTIONS);
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      site.directory.fresh(false);
      SmtpClient.expect(250, client.command("MAIL FROM:<a@ext.example>"));
      endsAfter(client, "RCPT TO:<nosuch@lists.example.org>", "451 4.3.0");
    }
  }

  @Test
  void sendersWhileThereIsNoRoom() throws IOException {
    try (TestSite site = TestSite.start(OPTIONS);
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      site.diskLow.set(true);
      endsAfter(client, "MAIL FROM:<a@ext.example>", "452 4.3.1");
    }
  }

  @Test
  void loginsThatCannotBeChecked() throws IOException {
    try (TestSite site = TestSite.start(OPTIONS);
        SmtpClient client = SmtpClient.helloTls(site.port(PortRole.SUBMISSIONS))) {
      site.directory.fresh(false);
      byte[] login = "\0anna\0wrong".getBytes(StandardCharsets.US_ASCII);
      endsAfter(client, "AUTH PLAIN " + Base64.getEncoder().encodeToString(login), "454 4.7.0");
    }
  }

  @Test
  void messagesThatCannotBeKept() throws IOException {
    try (TestSite site = TestSite.start(OPTIONS);
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      site.publisher.broker(Broker.AWAY);
      for (int i = 0; i < MOST; i++) {
        assertThat(client.mail("Subject: x\r\n\r\n").last()).startsWith("451 4.3.0");
      }
      assertThat(client.mail("Subject: x\r\n\r\n").last()).startsWith("421 4.7.0");
      assertThat(client.replyOrEnd()).isNull();
    }
  }

  @Test
  void aMailForgivesWhatWasBefore() throws IOException {
    try (TestSite site = TestSite.start(OPTIONS);
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      for (int mail = 0; mail < 3; mail++) {
        SmtpClient.expect(250, client.command("MAIL FROM:<a@ext.example>"));
        for (int i = 0; i <= MOST; i++) {
          SmtpClient.expect(250, client.command("RCPT TO:<users@lists.example.org>"));
        }
        SmtpClient.expect(354, client.command("DATA"));
        client.send("Subject: x\r\n\r\n.\r\n");
        SmtpClient.expect(250, client.reply());
      }
      assertThat(site.publisher.mails()).hasSize(3);
    }
  }

  private static void endsAfter(SmtpClient client, String line, String reply) throws IOException {
    for (int i = 0; i < MOST; i++) {
      assertThat(client.command(line).last()).startsWith(reply);
    }
    assertThat(client.command(line).last()).startsWith("421 4.7.0");
    assertThat(client.replyOrEnd()).isNull();
  }
}
