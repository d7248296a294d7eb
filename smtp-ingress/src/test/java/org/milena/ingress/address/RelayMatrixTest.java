package org.milena.ingress.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.ingress.fixture.SmtpClient;
import org.milena.ingress.fixture.TestSite;
import org.milena.testkit.script.Reply;

/**
 * The ways in which servers were made to relay, the first sixteen as nmap tries them: each is
 * refused for good at RCPT. (Rows 23 to 25, which are about states and networks, are dialogues;
 * there is no trusted network.)
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayMatrixTest {
  private final TestSite site = TestSite.start();

  @AfterAll
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1|<>|<t@ext.example>",
        "2|<a@ext.example>|<t@ext.example>",
        "3|<a@mx.lists.example.org>|<t@ext.example>",
        "4|<a@[127.0.0.1]>|<t@ext.example>",
        "5|<a@[127.0.0.1]>|<t%ext.example@[127.0.0.1]>",
        "6|<a@[127.0.0.1]>|<t%ext.example@mx.lists.example.org>",
        "7|<a@[127.0.0.1]>|<\"t@ext.example\">",
        "8|<a@[127.0.0.1]>|<\"t%ext.example\">",
        "9|<a@[127.0.0.1]>|<t@ext.example@[127.0.0.1]>",
        "10|<a@[127.0.0.1]>|<\"t@ext.example\"@[127.0.0.1]>",
        "11|<a@[127.0.0.1]>|<t@ext.example@mx.lists.example.org>",
        "12|<a@[127.0.0.1]>|<@[127.0.0.1]:t@ext.example>",
        "13|<a@[127.0.0.1]>|<@mx.lists.example.org:t@ext.example>",
        "14|<a@[127.0.0.1]>|<ext.example!t>",
        "15|<a@[127.0.0.1]>|<ext.example!t@[127.0.0.1]>",
        "16|<a@[127.0.0.1]>|<ext.example!t@mx.lists.example.org>",
        "17|<a@lists.example.org>|<t@ext.example>",
        "18|<postmaster@lists.example.org>|<t@ext.example>",
        "18|<a@localhost>|<t@ext.example>",
        "18|<users@lists.example.org>|<t@ext.example>",
        "19|<a@ext.example>|<t%ext.example@lists.example.org>",
        "19|<a@ext.example>|<\"t%ext.example\"@lists.example.org>",
        "19|<a@ext.example>|<\"t@ext.example\"@lists.example.org>",
        "19|<a@ext.example>|<ext.example!t@lists.example.org>",
        "19|<a@ext.example>|<@lists.example.org:t@ext.example>",
        "19|<a@ext.example>|<\"users@lists.example.org\"@ext.example>",
        "19|<a@ext.example>|<users%lists.example.org@ext.example>",
        "20|<a@ext.example>|<t@ext.example:25>",
        "20|<a@ext.example>|<t@ext.example.>",
        "20|<a@ext.example>|<t@[IPv6:2001:db8::1]>",
        "20|<a@ext.example>|<t@192.0.2.1>",
        "20|<a@ext.example>|<t@hub.example.org.ext.example>",
        "20|<a@ext.example>|<t@xhub.example.org>",
        "21|<a@ext.example>|<users+t=ext.example@lists.example.org>",
        "21|<a@ext.example>|<users+subscribers@lists.example.org>",
        "21|<a@ext.example>|<users+get-12@lists.example.org>",
        "21|<a@ext.example>|<users+confsub-@lists.example.org>",
        "21|<a@ext.example>|<users-subscribe+digest@lists.example.org>",
        "21|<a@ext.example>|<none+subscribe@lists.example.org>"
      })
  void refuses(int row, String sender, String recipient) throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.command("MAIL FROM:" + sender));
      Reply reply = client.command("RCPT TO:" + recipient);
      assertThat(reply.last())
          .as("row %s", row)
          .matches("(550 5\\.7\\.1|550 5\\.1\\.1|501 5\\.1\\.3) .*");
      assertThat(client.command("DATA").code()).isEqualTo(554);
    }
    assertThat(site.publisher.mails()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"<a>", "<a@>", "<@ext.example>", "<a@ext..example>"})
  void refusesSendersThatAreNone(String sender) throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      assertThat(client.command("MAIL FROM:" + sender).last()).startsWith("501 5.1.7");
    }
  }

  /** Row 21 and 22: ours, and what is in the address is a word and not a destination. */
  @ParameterizedTest
  @CsvSource({
    "<users-bounces+t=ext.example@lists.example.org>",
    "<users-confirm+token@lists.example.org>",
    "<users-confirm@lists.example.org>",
    "<users-moderate+tag@lists.example.org>",
    "<users-moderate@lists.example.org>",
    "<users-request@lists.example.org>",
    "<Users+Subscribe@lists.example.org>",
    "<users+subscribe-digest@lists.example.org>",
    "<users+unsubscribe@lists.example.org>",
    "<users+confsub-token@lists.example.org>",
    "<users+help@lists.example.org>",
    "<users+owner@lists.example.org>"
  })
  void takesForTheListItself(String recipient) throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.command("MAIL FROM:<a@ext.example>"));
      SmtpClient.expect(250, client.command("RCPT TO:" + recipient));
    }
  }
}
