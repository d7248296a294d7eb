package org.milena.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.RoutedRecipient;
import org.milena.ingress.fixture.SmtpClient;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.fixture.Waiting;
import org.milena.ingress.policy.Limits;
import org.milena.ingress.session.PortRole;

/** S-24, D-24, D-17, D-25, A-18, T-10: clients that break off, exaggerate, or mix services up. */
@Timeout(120)
class RoughClientsTest {
  private static final String ENVELOPE =
      "EHLO c.example\r\n"
          + "MAIL FROM:<a@ext.example>\r\n"
          + "RCPT TO:<users@lists.example.org>\r\n"
          + "DATA\r\n";

  private TestSite site = TestSite.start();

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "EHLO c.exa",
        "EHLO c.example\r\n",
        "EHLO c.example\r\nMAIL FROM:<a@ext.example>\r\n",
        "EHLO c.example\r\nSTARTTLS\r\n",
        ENVELOPE,
        ENVELOPE + "Subject: x\r\n\r\nhalf a li",
        ENVELOPE + "Subject: x\r\n\r\nall\r\n.\r",
        ENVELOPE + "Subject: x\r\n\r\nall\r\n.\r\n",
        ENVELOPE + "Subject: x\r\n\r\nall\r\n.\r\nMAIL FROM:<b@ext.ex",
      })
  void aResetLeavesNothingBehind(String said) throws IOException {
    for (int i = 0; i < 10; i++) {
      try (Socket socket = connect()) {
        speak(socket, said);
        socket.setSoLinger(true, 0);
      }
    }
    Waiting.until("all have left", () -> site.count.count() == 0);
    assertThat(site.budget.used()).isZero();
    // fully in or fully out
    assertThat(site.publisher.mails())
        .allSatisfy(mail ->
            assertThat(mail.sent()).isEqualTo("Subject: x\r\n\r\nall\r\n".getBytes(ISO_8859_1)));
    if (!said.contains("\r\n.\r\n")) {
      assertThat(site.publisher.mails()).isEmpty();
    }
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.mail("Subject: y\r\n\r\n"));
    }
  }

  @Test
  void whoLeavesAfterTheDotHasSentOneMail() throws IOException {
    try (Socket socket = connect()) {
      speak(socket, ENVELOPE + "Subject: x\r\n\r\nall\r\n.\r\n");
      socket.shutdownOutput();
      Waiting.until("it is taken", () -> site.publisher.mails().size() == 1);
    }
    Waiting.until("the client is forgotten", () -> site.count.count() == 0);
    assertThat(site.publisher.mails()).hasSize(1);
  }

  @Test
  void linesOfAMailboxFileCountLikeOthers() throws IOException {
    site.close();
    site =
        TestSite.start(
            TestSite.Options.DEFAULT.with(
                new Limits(10_000, 2_048, 1_000, 100, 1_000, 20, 100, 3, 50, 10_000)));
    String line = "From someone Mon Jan  5 10:00:00 2026\r\n";
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      assertThat(client.mail(line.repeat(10_000 / line.length() + 1)).last())
          .startsWith("552 5.3.4");
      SmtpClient.expect(250, client.mail(line + "Subject: x\r\n\r\n"));
    }
  }

  @Test
  void survivesHeadersThatAreMadeToHurt() throws IOException {
    List<String> headers =
        List.of(
            "X: y\r\n".repeat(100_000),
            "X: " + "y".repeat(10 << 20) + "\r\n",
            "X: y\r\n" + " z\r\n".repeat(200_000),
            "no colon in the first line\r\nSubject: x\r\n",
            "X".repeat(10_000) + ": y\r\n",
            "__proto__: x\r\nconstructor: y\r\n",
            ": no name\r\n",
            " begins folded\r\n");
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      for (String header : headers) {
        int before = site.publisher.mails().size();
        int code = client.mail(header + "\r\nbody\r\n").code();
        assertThat(code).isIn(250, 554);
        assertThat(site.publisher.mails()).hasSize(before + (code == 250 ? 1 : 0));
      }
      SmtpClient.expect(250, client.mail("Subject: after all that\r\n\r\n"));
    }
    assertThat(site.budget.used()).isZero();
  }

  @Test
  void aHundredListsInOneTransaction() throws IOException {
    try (SmtpClient client = SmtpClient.hello(site.smtp())) {
      SmtpClient.expect(250, client.command("MAIL FROM:<a@ext.example>"));
      for (int i = 0; i < 100; i++) {
        site.directory.addList("l" + i + "@lists.example.org");
        SmtpClient.expect(250, client.command("RCPT TO:<l" + i + "@lists.example.org>"));
      }
      SmtpClient.expect(354, client.command("DATA"));
      client.send("Subject: x\r\n\r\n.\r\n");
      SmtpClient.expect(250, client.reply());
    }
    Set<Object> routes = new HashSet<>();
    List<RoutedRecipient> recipients = site.publisher.only().meta().recipients();
    recipients.forEach(recipient -> routes.add(recipient.route()));
    assertThat(recipients).hasSize(100);
    assertThat(routes).hasSize(100);
  }

  /** A session of one port is no session of another (T-10). */
  @Test
  void aTlsSessionIsResumedOnItsOwnPortOnly() throws Exception {
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, new TrustManager[] {new TrustAll()}, null);
    byte[] first = handshake(client, PortRole.SUBMISSIONS);
    assertThat(handshake(client, PortRole.SUBMISSIONS)).isEqualTo(first);
    assertThat(handshake(client, PortRole.SUBMISSION)).isNotEqualTo(first);
    byte[] again = handshake(client, PortRole.SUBMISSIONS);
    assertThat(handshake(client, PortRole.SMTP)).isNotEqualTo(again);
  }

  /** The id of the session that is agreed on; the client believes that all ports are one server. */
  private byte[] handshake(SSLContext client, PortRole role) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port(role))) {
      if (role != PortRole.SUBMISSIONS) {
        // one octet at a time, so that none of the handshake is taken away
        speak(socket, "EHLO c.example\r\nSTARTTLS\r\n");
      }
      SSLSocket secured =
          (SSLSocket) client.getSocketFactory().createSocket(socket, "mx.example", 465, true);
      secured.setEnabledProtocols(new String[] {"TLSv1.2"});
      secured.startHandshake();
      var in = new BufferedReader(new InputStreamReader(secured.getInputStream(), ISO_8859_1));
      secured.getOutputStream().write("EHLO c.example\r\n".getBytes(ISO_8859_1));
      assertThat(in.readLine()).matches("2[25]0.*");
      return secured.getSession().getId();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), site.smtp());
  }

  /** Says line for line, each after the answer to the one before; of a message, all at once. */
  private static void speak(Socket socket, String said) throws IOException {
    readReply(socket);
    int end = said.indexOf("DATA\r\n");
    String commands = end < 0 ? said : said.substring(0, end + 6);
    for (String line : commands.split("(?<=\n)")) {
      socket.getOutputStream().write(line.getBytes(ISO_8859_1));
      if (line.endsWith("\n")) {
        readReply(socket);
      }
    }
    socket.getOutputStream().write(said.substring(commands.length()).getBytes(ISO_8859_1));
  }

  private static void readReply(Socket socket) throws IOException {
    var line = new StringBuilder();
    while (true) {
      int octet = socket.getInputStream().read();
      if (octet < 0) {
        throw new AssertionError("the server closed");
      }
      line.append((char) octet);
      if (octet == '\n') {
        if (line.charAt(3) == ' ') {
          return;
        }
        line.setLength(0);
      }
    }
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
