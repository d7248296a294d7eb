package org.milena.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.ingress.fixture.FakePublisher.Broker;
import org.milena.ingress.fixture.SmtpClient;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.fixture.Waiting;
import org.milena.ingress.policy.Limits;
import org.milena.ingress.session.PortRole;
import org.milena.testkit.script.Reply;

/** Every limit one below, at, and one above; and what is answered when we can't. */
class LimitsTest {

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void takesWhatSizeAnnouncesAndNotAnOctetMore(int more) throws IOException {
    byte[] message = new byte[26_214_400 + more];
    Arrays.fill(message, (byte) 'x');
    byte[] header = "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(header, 0, message, 0, header.length);
    message[message.length - 2] = '\r';
    message[message.length - 1] = '\n';
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      Reply reply = client.mail(message);
      if (more <= 0) {
        SmtpClient.expect(250, reply);
        assertThat(site.publisher.only().sent()).isEqualTo(message);
      } else {
        assertThat(reply.last()).startsWith("552 5.3.4");
        SmtpClient.expect(503, client.command("DATA"));
      }
      SmtpClient.expect(250, client.mail("Subject: next\r\n\r\n"));
      assertThat(site.budget.used()).isZero();
    }
  }

  @Test
  void takesAThousandRecipients() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.command("MAIL FROM:<a@ext.example>"));
      var group = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        group.append("RCPT TO:<r").append(i).append("@hub.example.org>\r\n");
      }
      client.send(group.toString());
      for (int i = 0; i < 1_000; i++) {
        SmtpClient.expect(250, client.reply());
      }
      // one that is there already counts no more
      SmtpClient.expect(250, client.command("RCPT TO:<r7@hub.example.org>"));
      assertThat(client.command("RCPT TO:<r1000@hub.example.org>").last()).startsWith("452 4.5.3");
      SmtpClient.expect(354, client.command("DATA"));
      client.send("Subject: x\r\n\r\n.\r\n");
      SmtpClient.expect(250, client.reply());
      assertThat(site.publisher.only().meta().recipients()).hasSize(1_000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {511, 512, 2_047, 2_048, 2_049, 3_000, 60_000})
  void readsLinesOfTwoKibibytes(int octets) throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      Reply reply = client.command("NOOP " + "x".repeat(octets - 7));
      assertThat(reply.last()).startsWith(octets <= 2_048 ? "250 2.0.0" : "500 5.5.2");
      SmtpClient.expect(250, client.command("NOOP"));
    }
  }

  @Test
  void closesWhenALineNeverEnds() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      byte[] octets = new byte[10_240];
      Arrays.fill(octets, (byte) 'A');
      Thread writer =
          Thread.startVirtualThread(() -> {
            try {
              for (int i = 0; i < 100_000; i++) {
                client.peer().socket().getOutputStream().write(octets);
              }
            } catch (IOException _) {
              // this is what must happen
              return;
            }
            throw new AssertionError("a gigabyte was read");
          });
      assertThat(client.reply().last()).startsWith("500 5.5.2");
      assertThat(client.replyOrEnd()).isNull();
      Waiting.until("the writer is stopped", () -> !writer.isAlive());
    }
  }

  @Test
  void readsAuthLinesOfTwelveKibibytes() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.helloTls(site.port(PortRole.SUBMISSIONS))) {
      String large =
          Base64.getEncoder()
              .encodeToString(("\0anna\0" + "x".repeat(9_210)).getBytes(StandardCharsets.US_ASCII));
      assertThat(large).hasSize(12_288);
      SmtpClient.expect(334, client.command("AUTH PLAIN"));
      SmtpClient.expect(535, client.command(large));
      SmtpClient.expect(334, client.command("AUTH PLAIN"));
      assertThat(client.command(large + "A").last()).startsWith("500 5.5.6");
      assertThat(client.command("NOOP " + "x".repeat(3_000)).last()).startsWith("500 5.5.2");
    }
  }

  @Test
  void takesSoManyMessagesInASession() throws IOException {
    Limits limits = new Limits(26_214_400, 2_048, 1_000, 3, 1_000, 20, 100, 3, 50, 10_000);
    try (TestSite site = TestSite.start(TestSite.Options.DEFAULT.with(limits));
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      for (int i = 0; i < 3; i++) {
        SmtpClient.expect(250, client.mail("Subject: x\r\n\r\n"));
      }
      assertThat(client.command("MAIL FROM:<a@ext.example>").last()).startsWith("421 4.7.0");
      assertThat(client.replyOrEnd()).isNull();
    }
  }

  @Test
  void answersErrorsSlowlyFromSomeOn() throws IOException {
    Limits limits = new Limits(26_214_400, 2_048, 1_000, 100, 2, 20, 100, 3, 50, 10_000);
    try (TestSite site = TestSite.start(TestSite.Options.DEFAULT.with(limits));
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(500, client.command("FOO"));
      long before = System.nanoTime();
      SmtpClient.expect(500, client.command("FOO"));
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(900));
    }
  }

  @Test
  void letsInSoManyOfOneNetwork() throws IOException {
    try (TestSite site = TestSite.start(TestSite.Options.DEFAULT.withConnections(10, 3))) {
      var clients = new ArrayList<SmtpClient>();
      for (int i = 0; i < 3; i++) {
        clients.add(SmtpClient.hello(site.smtp()));
      }
      try (SmtpClient fourth = SmtpClient.connect(site.smtp())) {
        assertThat(fourth.reply().last()).startsWith("421 4.7.0");
        assertThat(fourth.replyOrEnd()).isNull();
      }
      // whoever reads 221 is not counted any more
      SmtpClient.expect(221, clients.getFirst().command("QUIT"));
      clients.add(SmtpClient.hello(site.smtp()));
      for (SmtpClient client : clients) {
        client.close();
      }
      Waiting.until("all have left", () -> site.count.count() == 0 && site.count.networks() == 0);
    }
  }

  @Test
  void letsInSoManyInAll() throws IOException {
    try (TestSite site = TestSite.start(TestSite.Options.DEFAULT.withConnections(1, 3));
        SmtpClient first = SmtpClient.hello(site.smtp());
        SmtpClient second = SmtpClient.connect(site.smtp())) {
      assertThat(second.reply().last()).startsWith("421 4.3.2");
      SmtpClient.expect(250, first.command("NOOP"));
    }
  }

  @Test
  void saysLaterWhileTheBrokerIsAway() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      site.publisher.broker(Broker.AWAY);
      assertThat(client.mail("Subject: x\r\n\r\n").last()).startsWith("451 4.3.0");
      assertThat(site.watch.failingFor()).isPresent();
      SmtpClient.expect(503, client.command("DATA"));
      site.publisher.broker(Broker.UP);
      SmtpClient.expect(250, client.mail("Subject: x\r\n\r\n"));
      assertThat(site.watch.failingFor()).isEmpty();
      assertThat(site.budget.used()).isZero();
    }
  }

  @Test
  void saysLaterWhenTheBrokerSaysNothing() throws IOException {
    try (TestSite site =
            TestSite.start(TestSite.Options.DEFAULT.withBrokerPatience(Duration.ofMillis(200)));
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      site.publisher.broker(Broker.SILENT);
      assertThat(client.mail("Subject: x\r\n\r\n").last()).startsWith("451 4.3.0");
    }
  }

  @Test
  void doesNotSayLaterForWhatWillNeverFit() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      site.publisher.broker(Broker.SAYS_TOO_LARGE);
      assertThat(client.mail("Subject: x\r\n\r\n").last()).startsWith("552 5.3.4");
    }
  }

  @Test
  void saysNoRoomBeforeTheMessageWhenTheDiskIsLow() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      site.diskLow.set(true);
      assertThat(client.command("MAIL FROM:<a@ext.example>").last()).startsWith("452 4.3.1");
      site.diskLow.set(false);
      SmtpClient.expect(250, client.mail("Subject: x\r\n\r\n"));
    }
  }

  @Test
  void saysNoRoomWhenTheBudgetIsTaken() throws IOException {
    try (TestSite site = TestSite.start(TestSite.Options.DEFAULT.withBudget(100_000));
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      String small = "Subject: x\r\n\r\n" + "y".repeat(90_000) + "\r\n";
      String large = "Subject: x\r\n\r\n" + "y".repeat(100_000) + "\r\n";
      SmtpClient.expect(250, client.mail(small));
      assertThat(client.mail(large).last()).startsWith("452 4.3.1");
      SmtpClient.expect(250, client.mail(small));
      assertThat(site.budget.used()).isZero();
    }
  }

  @Test
  void keepsLargeMessagesInAFileWhileTheyArrive() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      client.data();
      client.send("Subject: x\r\n\r\n" + "y".repeat(200_000));
      Waiting.until("there is a file", () -> files(site) == 1);
      assertThat(site.budget.used()).isZero();
      client.send("\r\n.\r\n");
      SmtpClient.expect(250, client.reply());
      assertThat(files(site)).isZero();
      assertThat(site.publisher.only().sent()).hasSize(200_016);
    }
  }

  @Test
  void keepsNothingOfAMessageThatWasCutOff() throws IOException {
    try (TestSite site = TestSite.start()) {
      for (int size : new int[] {0, 10, 70_000}) {
        try (SmtpClient client = SmtpClient.hello(site.smtp())) {
          client.data();
          client.send("x".repeat(size) + "\r\n.\r");
        }
      }
      Waiting.until("all have left", () -> site.count.count() == 0);
      assertThat(site.publisher.mails()).isEmpty();
      assertThat(site.budget.used()).isZero();
      Waiting.until("the files are gone", () -> files(site) == 0);
    }
  }

  private static long files(TestSite site) {
    try (var files = Files.list(site.spool)) {
      return files.filter(file -> file.toString().endsWith(".eml")).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void neverSaysNoFromAnOldView() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp());
        SmtpClient author = SmtpClient.helloTls(site.port(PortRole.SUBMISSIONS))) {
      site.directory.fresh(false);
      SmtpClient.expect(250, client.command("MAIL FROM:<a@ext.example>"));
      assertThat(client.command("RCPT TO:<nosuch@lists.example.org>").last())
          .startsWith("451 4.3.0");
      assertThat(client.command("RCPT TO:<t@ext.example>").last()).startsWith("451 4.3.0");
      SmtpClient.expect(250, client.command("RCPT TO:<users@lists.example.org>"));
      assertThat(
              author
                  .command(
                      "AUTH PLAIN "
                          + Base64.getEncoder()
                              .encodeToString("\0anna\0wrong".getBytes(StandardCharsets.US_ASCII)))
                  .last())
          .startsWith("454 4.7.0");
    }
  }
}
