package org.milena.archive.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.RawMessage;

class MboxWriterTest {

  @Test
  void quotesEveryLineThatLooksLikeAFromLine() throws IOException {
    assertThat(mbox("a@b", "A: b\n\nFrom me\n>From you\n>>From all\nfrom x\n> From y\nFrom:\n"))
        .isEqualTo(
            "From a@b Mon Jan  5 10:00:00 2026\nA: b\n\n>From me\n>>From you\n>>>From all\n"
                + "from x\n> From y\nFrom:\n\n");
  }

  @Test
  void keepsTheLineEndsOfTheMessage() throws IOException {
    assertThat(mbox("a@b", "A: b\r\n\r\nFrom me"))
        .isEqualTo("From a@b Mon Jan  5 10:00:00 2026\r\nA: b\r\n\r\n>From me\r\n\r\n");
  }

  @Test
  void writesAFromLineForWhoeverWroteIt() throws IOException {
    assertThat(mbox("", "\n")).startsWith("From MAILER-DAEMON Mon");
    assertThat(mbox("a b\r\nFrom c@d", "\n")).startsWith("From a_b__From_c@d Mon");
  }

  private static String mbox(String author, String message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new MboxWriter(out)
        .write(
            author,
            Instant.parse("2026-01-05T10:00:00Z"),
            RawMessage.wrap(message.getBytes(StandardCharsets.UTF_8)));
    return out.toString(StandardCharsets.UTF_8);
  }
}
