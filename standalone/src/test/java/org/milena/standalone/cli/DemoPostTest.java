package org.milena.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;

class DemoPostTest {

  private static final Instant NOW = Instant.parse("2026-11-01T09:00:00Z");

  @Test
  void everyMailIsWellFormed() {
    Set<String> ids = new HashSet<>();
    for (DemoPost post : DemoPost.all()) {
      String message = post.message("-1", "demo@example.org", NOW);
      assertThat(message.replace("\r\n", "")).doesNotContain("\r", "\n");
      assertThat(message.lines()).allMatch(line -> line.length() <= 78);
      assertThat(message)
          .contains("Date: Sun, 1 Nov 2026 09:00:00 +0000\r\n")
          .contains("Message-ID: <" + post.messageId("-1", "example.org") + ">\r\n");
      assertThat(ids.add(post.name())).isTrue();
      assertThat(ids).containsAll(post.answers());
      RawMessage raw = RawMessage.wrap(message.getBytes(StandardCharsets.UTF_8));
      assertThat(HeaderBlock.of(raw).first("Subject").orElseThrow().decoded())
          .isEqualTo(post.subject());
    }
  }

  @Test
  void noScannerMindsTheProgram() throws IOException {
    String virus = "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE";
    try (var program = DemoPost.class.getResourceAsStream("DemoPost.class")) {
      assertThat(new String(program.readAllBytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain(virus);
    }
  }
}
