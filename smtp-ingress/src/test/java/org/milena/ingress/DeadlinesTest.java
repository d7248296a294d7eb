package org.milena.ingress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.milena.ingress.fixture.FakePublisher.Broker;
import org.milena.ingress.fixture.SmtpClient;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.fixture.Waiting;
import org.milena.ingress.policy.Limits;
import org.milena.ingress.policy.Timeouts;
import org.milena.ingress.session.PortRole;
import org.milena.testkit.script.SocketPeer;

/** S-20, S-21, S-28: nobody holds us, and a stop loses nothing. */
class DeadlinesTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofMinutes(1);

  private static TestSite site(
      Duration command, Duration data, Duration handshake, Duration grace) {
    return TestSite.start(
        TestSite.Options.DEFAULT.with(
            new Timeouts(command, data, handshake, Duration.ofSeconds(1), 500, grace)));
  }

  @Test
  void endsASessionThatSaysNothing() throws IOException {
    try (TestSite site = site(SHORT, LONG, LONG, LONG);
        SmtpClient silent = SmtpClient.connect(site.smtp());
        SmtpClient greeted = SmtpClient.hello(site.smtp());
        SmtpClient inMail = SmtpClient.hello(site.smtp());
        SmtpClient secured = SmtpClient.helloTls(site.port(PortRole.SUBMISSIONS))) {
      SmtpClient.expect(250, inMail.command("MAIL FROM:<a@ext.example>"));
      SmtpClient.expect(334, secured.command("AUTH LOGIN"));
      assertThat(silent.replyOrEnd()).hasToString("220 mx.lists.example.org ESMTP Milena");
      for (SmtpClient client : new SmtpClient[] {silent, greeted, inMail, secured}) {
        assertThat(client.reply().last()).startsWith("421 4.4.2");
        assertThat(client.replyOrEnd()).isNull();
      }
      Waiting.until("all have left", () -> site.count.count() == 0);
    }
  }

  @Test
  void oneOctetNowAndThenIsNotEnough() throws IOException {
    try (TestSite site = site(SHORT, LONG, LONG, LONG);
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      var dripping =
          CompletableFuture.runAsync(() -> {
            try {
              for (int i = 0; i < 100; i++) {
                client.send("N");
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
              }
            } catch (IOException _) {
              // it was closed, as it should be
            }
          });
      assertThat(client.reply().last()).startsWith("421 4.4.2");
      client.peer().socket().close();
      assertThat(dripping).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void aMessageHasADeadlineAndALeastRate() throws IOException {
    try (TestSite late = site(LONG, SHORT, LONG, LONG);
        TestSite slow = site(LONG, LONG, LONG, SHORT)) {
      for (TestSite site : new TestSite[] {late, slow}) {
        try (SmtpClient client = SmtpClient.hello(site.smtp())) {
          client.data();
          client.send("Subject: x\r\n");
          assertThat(client.reply().last()).startsWith("421 4.4.2");
          assertThat(client.replyOrEnd()).isNull();
        }
        assertThat(site.publisher.mails()).isEmpty();
      }
    }
  }

  @Test
  void aHandshakeHasADeadline() throws IOException {
    try (TestSite site = site(LONG, LONG, SHORT, LONG);
        SmtpClient client = SmtpClient.hello(site.smtp());
        Socket raw =
            new Socket(InetAddress.getLoopbackAddress(), site.port(PortRole.SUBMISSIONS))) {
      SmtpClient.expect(220, client.command("STARTTLS"));
      assertThat(client.peer().readLine()).isNull();
      assertThat(raw.getInputStream().read()).isEqualTo(-1);
      Waiting.until("all have left", () -> site.count.count() == 0);
    }
  }

  @Test
  void whoNeverReadsIsCutOff() throws IOException {
    var timeouts = new Timeouts(LONG, LONG, LONG, Duration.ofSeconds(1), 500, LONG);
    var patient =
        new Limits(1_000, 2_048, 1_000, 100, 1_000_000, 1_000_000, 100_000_000, 3, 50, 100);
    try (TestSite site = TestSite.start(TestSite.Options.DEFAULT.with(timeouts).with(patient));
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      byte[] group = "NOOP\r\n".repeat(10_000).getBytes(US_ASCII);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  client.peer().socket().getOutputStream().write(group);
                }
              })
          .isInstanceOf(IOException.class);
      Waiting.until("it was cut off", () -> site.count.count() == 0);
    }
  }

  @Test
  void whoSpeaksFirstIsNotHeard() throws IOException {
    try (TestSite site = TestSite.start();
        Socket raw = new Socket(InetAddress.getLoopbackAddress(), site.smtp())) {
      // the greeting may be faster; then this is a group before EHLO, and no better
      raw.getOutputStream().write("EHLO me\r\nMAIL FROM:<a@b.example>\r\n".getBytes(US_ASCII));
      String all = new String(raw.getInputStream().readAllBytes(), US_ASCII);
      assertThat(all).contains("554 5.5.0").doesNotContain("250");
    }
  }

  @Test
  void plaintextInsideTlsIsNoCommand() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      Socket plain = client.peer().socket();
      SmtpClient.expect(220, client.command("STARTTLS"));
      client.peer().startTls();
      client.command("EHLO me");
      client.data();
      client.send("Subject: x\r\n");
      byte[] group = "\r\n.\r\nMAIL FROM:<a@b.example>\r\n".repeat(1000).getBytes(US_ASCII);
      plain.getOutputStream().write(group);
      Waiting.until("it has left", () -> site.count.count() == 0);
      assertThat(site.publisher.mails()).isEmpty();
    }
  }

  @Test
  void plaintextThatComesAfterStarttlsIsNoCommand() throws IOException {
    try (TestSite site = TestSite.start();
        SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(220, client.command("STARTTLS"));
      client.send("EHLO me\r\nMAIL FROM:<a@b.example>\r\n");
      Waiting.until("it has left", () -> site.count.count() == 0);
    }
  }

  @Test
  void oldTlsIsRefused() throws IOException {
    try (TestSite site = TestSite.start();
        SocketPeer peer = SocketPeer.connect(site.port(PortRole.SUBMISSIONS))) {
      assertThatThrownBy(() -> peer.startTls("TLSv1.1")).isInstanceOf(IOException.class);
      Waiting.until("it has left", () -> site.count.count() == 0);
    }
  }

  @Test
  void aStopLetsMessagesFinish() throws Exception {
    TestSite site = TestSite.start();
    try (SmtpClient idle = SmtpClient.hello(site.smtp());
        SmtpClient idleTls = SmtpClient.helloTls(site.port(PortRole.SUBMISSIONS));
        SmtpClient inMail = SmtpClient.hello(site.smtp());
        SmtpClient inData = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, inMail.command("MAIL FROM:<a@ext.example>"));
      inData.data();
      inData.send("Subject: x\r\n");
      var stopped = CompletableFuture.runAsync(() -> site.server().stop(Duration.ofSeconds(20)));
      for (SmtpClient client : new SmtpClient[] {idle, idleTls, inMail}) {
        assertThat(client.reply().last()).startsWith("421 4.3.2");
        assertThat(client.replyOrEnd()).isNull();
      }
      assertThat(stopped).isNotDone();
      inData.send("\r\nbody\r\n.\r\n");
      SmtpClient.expect(250, inData.reply());
      assertThat(inData.reply().last()).startsWith("421 4.3.2");
      stopped.get(20, TimeUnit.SECONDS);
      assertThat(site.publisher.mails()).hasSize(1);
    } finally {
      site.close();
    }
  }

  @Test
  void aStopCutsOffWhoNeverFinishes() throws Exception {
    TestSite site = TestSite.start();
    site.publisher.broker(Broker.UP);
    try (SmtpClient inData = SmtpClient.hello(site.smtp())) {
      inData.data();
      inData.send("Subject: x\r\n");
      site.server().stop(Duration.ofMillis(300));
      assertThat(inData.replyOrEnd()).isNull();
      assertThat(site.publisher.mails()).isEmpty();
    } finally {
      site.close();
    }
  }
}
