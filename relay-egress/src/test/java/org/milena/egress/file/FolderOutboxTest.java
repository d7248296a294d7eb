package org.milena.egress.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.event.DeliveryId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.egress.capture.OutboxEntry;

class FolderOutboxTest {
  @TempDir Path folder;
  private FolderOutbox outbox;

  @BeforeEach
  void open() {
    outbox = new FolderOutbox(folder.resolve("outbox"), 5).prepare();
  }

  private static RawMessage raw(String text) {
    return RawMessage.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String keep(String recipient) {
    String id = outbox.nextId(1_767_225_600_000L);
    outbox.keep(
        new OutboxEntry(
            id,
            Instant.parse("2026-01-01T00:00:00Z"),
            MailId.of("01890a5d-ac96-774b-bcce-b302099a8057"),
            null,
            new DeliveryId(1, 2),
            ReversePath.of("a@b.example"),
            List.of(MailAddress.of(recipient)),
            "hello",
            9),
        raw("X: y\r\n"),
        raw("\r\nz\r\n"));
    return id;
  }

  @Test
  void keepsWhatWouldHaveGoneOut() {
    String id = keep("ada@x.example");
    assertThat(outbox.message(id)).contains(raw("X: y\r\n\r\nz\r\n"));
    assertThat(outbox.find(id).orElseThrow().recipients())
        .containsExactly(MailAddress.of("ada@x.example"));
    assertThat(outbox.message("../../etc/passwd")).isEmpty();
    assertThat(outbox.find("1767225600000-99999999")).isEmpty();
  }

  @Test
  void showsTheNewestFirstAndPages() {
    String first = keep("a@x.example");
    String second = keep("b@x.example");
    String third = keep("c@x.example");
    assertThat(outbox.newest("", 2, _ -> true))
        .extracting(OutboxEntry::id)
        .containsExactly(third, second);
    assertThat(outbox.newest(second, 2, _ -> true))
        .extracting(OutboxEntry::id)
        .containsExactly(first);
    assertThat(outbox.newest("", 9, entry -> entry.recipients().getFirst().localPart().equals("b")))
        .hasSize(1);
  }

  @Test
  void isThereAfterARestart() {
    String id = keep("a@x.example");
    FolderOutbox again = new FolderOutbox(folder.resolve("outbox"), 5);
    assertThat(again.newest("", 9, _ -> true)).extracting(OutboxEntry::id).containsExactly(id);
  }

  @Test
  void removesTheOldest() throws Exception {
    String first = keep("a@x.example");
    for (int i = 0; i < 5; i++) {
      keep("b@x.example");
    }
    assertThat(outbox.find(first)).isEmpty();
    try (Stream<Path> files = Files.list(folder.resolve("outbox"))) {
      assertThat(files).hasSize(10);
    }
  }
}
