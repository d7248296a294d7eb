package org.milena.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.ClientFacts.TlsFacts;
import org.milena.ingress.acceptance.ArrivingMessage;
import org.milena.ingress.fixture.TestSite;
import org.milena.ingress.net.SmtpInput;

/** Octets of all kinds: every line gets an answer, until one closes or there are no more. */
class SessionFuzzTest {
  private static final String[] PIECES = {
    "EHLO x",
    "HELO x",
    "MAIL FROM:<a@b.example>",
    "RCPT TO:<users@lists.example.org>",
    "DATA",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n",
    ".\r\n",
    "\r\n.\r\n",
    "RSET",
    "QUIT",
    "STARTTLS",
    "AUTH PLAIN ",
    "AUTH LOGIN",
    "=",
    "*",
    " ",
    "\t",
    "A",
    "\n",
    "\r",
    "\0",
    "\u00ff",
    "<",
    ">",
    "@",
    "\"",
    "\\",
    "BDAT 10 LAST",
    "SIZE=1",
    "x".repeat(2_500),
    "GET / HTTP/1.1",
    "AGFubmEAeA=="
  };

  private final TestSite site = TestSite.start();
  private final Random random = new Random(5);

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void everyLineGetsAnAnswer() throws IOException {
    for (int run = 0; run < 20_000; run++) {
      converse(PortRole.values()[run % 3], octets());
    }
    assertThat(site.budget.used()).isZero();
  }

  private byte[] octets() {
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      return noise;
    }
    var text = new StringBuilder(random.nextBoolean() ? "EHLO x\r\n" : "");
    for (int i = random.nextInt(40); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
      if (random.nextInt(3) > 0) {
        text.append("\r\n");
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void converse(PortRole role, byte[] octets) throws IOException {
    var at = new int[1];
    int most = random.nextBoolean() ? octets.length : random.nextInt(1, 9);
    var input =
        new SmtpInput((into, from, length) -> {
          int count = Math.min(Math.min(length, most), octets.length - at[0]);
          System.arraycopy(octets, at[0], into, from, count);
          at[0] += count;
          return count == 0 ? -1 : count;
        });
    Session session =
        site.session(
            role,
            new Client(
                "192.0.2.1",
                role == PortRole.SUBMISSIONS ? new TlsFacts("TLSv1.3", "TEST") : null));
    Step step = session.greet();
    while (true) {
      assertThat(step.reply().wireLines()).isNotEmpty();
      switch (step.next()) {
        case COMMAND, AUTH_RESPONSE -> {
          Line line = input.line(session.maxLine(), step.next() == Step.Next.COMMAND);
          if (line == null) {
            return;
          }
          // commands that cut groups are told apart by timing only, which is not what this is about
          step = session.on(line, false);
        }
        case MESSAGE -> {
          var transaction = session.transaction();
          try (ArrivingMessage arriving = site.acceptance.arriving()) {
            switch (input.message(arriving::append, Long.MAX_VALUE)) {
              case COMPLETE ->
                  step = session.messageEnded(site.acceptance.take(transaction, arriving));
              case BARE_LINE_END -> step = session.messageUnreadable();
              case ENDLESS, CUT_OFF -> {
                return;
              }
            }
          }
        }
        case HANDSHAKE, CLOSE -> {
          return;
        }
      }
    }
  }
}
