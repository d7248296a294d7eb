package org.milena.archive.elasticsearch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;

/** Octets in a real server. */
class RawDocumentsIT {
  private static final ListId LIST = ListId.of("raw.example.org");

  private final TestArchive archive = TestArchive.create();

  @AfterEach
  void end() {
    archive.close();
  }

  /** As they are spread in no mail: all of them, in each place. */
  private static RawMessage everyOctet(int size) {
    byte[] octets = new byte[size];
    for (int at = 0; at < size; at++) {
      octets[at] = (byte) (at + at / 256);
    }
    byte[] head = "Message-ID: <octets@x>\r\n\r\n".getBytes(ISO_8859_1);
    System.arraycopy(head, 0, octets, 0, head.length);
    return RawMessage.wrap(octets);
  }

  @Test
  void givesEveryOctetBack() {
    RawMessage pieces = everyOctet((2 << 20) + 17);
    RawMessage controls = RawMessage.wrap(new byte[3 << 20]);
    RawMessage nothing = RawMessage.wrap(new byte[0]);
    List<RawMessage> messages = List.of(pieces, controls, nothing);
    archive.take(LIST, messages);
    for (RawMessage message : messages) {
      assertThat(archive.raws.raw(TestArchive.id(LIST, message))).contains(message);
    }
  }
}
