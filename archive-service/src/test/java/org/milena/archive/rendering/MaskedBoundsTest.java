package org.milena.archive.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.rendering.MaskedMessageTest.masked;
import static org.milena.archive.rendering.MaskedMessageTest.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.mail.RawMessage;

/** What strangers get of messages that cannot be masked, or hardly. */
class MaskedBoundsTest {

  @Test
  void isASentenceWhereAnAttachmentWouldTakeTooMuchMemory() {
    byte[] content = "dave+AEA-x.example ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    assertThat(MaskedMessage.content(content, "text/plain", "utf-7").toByteArray())
        .asString(StandardCharsets.US_ASCII)
        .startsWith("[This message is too broken")
        .hasSizeLessThan(200);
  }

  /** Nobody looks into what is so deep, and a part there may be encoded. */
  @Test
  void isOnlyAHeadWhereOurOwnReaderDoesNotGetToTheEnd() {
    StringBuilder deep = new StringBuilder("Subject: x\n");
    for (int i = 0; i < 1000; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b")
          .append(i)
          .append("\n\n--b")
          .append(i);
      deep.append('\n');
    }
    String encoded = "Content-Transfer-Encoding: base64\n\nem9lQHguZXhhbXBsZQ==\n";
    String many =
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(100_001);
    String large =
        "Subject: x\n\n"
            .replace("\n\n", "\nContent-Type: message/rfc822\n\n")
            .concat("Content-Type: message/rfc822\n\n".repeat(7))
            .concat("\n" + "1234567\n".repeat(1_250_000));
    for (String message : List.of(deep + encoded, many, large)) {
      assertThat(masked(message))
          .startsWith("X-Milena-Masked: addresses\nSubject: x\n")
          .contains("too broken to be shown")
          .hasSizeLessThan(1000);
    }
  }

  /** Short addresses make a message larger, and many small fields take memory each. */
  @ParameterizedTest
  @ValueSource(strings = {"a@", "a@b "})
  void isOnlyAHeadWhereTooMuchWouldBecomeOfIt(String text) {
    String head = "From: Ann <ann@a.example>\r\nSubject: short\r\nContent-Type: text/plain\r\n";
    RawMessage masked =
        MaskedMessage.of(message(head, text.repeat(2_000_000).getBytes(StandardCharsets.UTF_8)));
    assertThat(new String(masked.toByteArray(), StandardCharsets.UTF_8))
        .startsWith("X-Milena-Masked: addresses\r\nFrom: Ann <a...@a.example>\r\n")
        .contains("Subject: short\r\n", "too broken to be shown without its addresses")
        .doesNotContain("Content-Type", "ann@");
  }

  @Test
  void isOnlyAHeadWhereTextIsTooLongInUtf8() {
    byte[] many = new byte[3_000_000];
    Arrays.fill(many, (byte) 0x51); // "\u00e9" in EBCDIC, which UTF-8 needs two octets for
    byte[] address = "ann@a.example ".getBytes(Charset.forName("cp037"));
    System.arraycopy(address, 0, many, 0, address.length);
    RawMessage masked =
        MaskedMessage.of(
            message("Subject: x\r\nContent-Type: text/plain; charset=cp037\r\n\r\n", many));
    assertThat(new String(masked.toByteArray(), StandardCharsets.ISO_8859_1))
        .startsWith("X-Milena-Masked: addresses\r\nSubject: x\r\n")
        .contains("too broken to be shown");
  }

  @Test
  void isOnlyAHeadWhereAHeaderIsMadeOfTooManyFields() {
    String many = "a:\r\n".repeat(60_000);
    for (String message :
        List.of(
            "Subject: x\r\n" + many + "\r\nann@a.example",
            "Subject: x\r\nContent-Type: message/rfc822\r\n\r\n" + many + "To: ann@a.example")) {
      RawMessage masked =
          MaskedMessage.of(RawMessage.wrap(message.getBytes(StandardCharsets.UTF_8)));
      assertThat(masked.size()).isLessThan(1000);
      assertThat(new String(masked.toByteArray(), StandardCharsets.UTF_8))
          .startsWith("X-Milena-Masked: addresses\r\n")
          .contains("too broken to be shown")
          .doesNotContain("ann@");
    }
  }

  @Test
  void goesThroughAnyNumberOfParts() {
    String part = "--b\r\n\r\nann@a.example\r\n";
    String head = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
    String masked =
        new String(
            MaskedMessage.of(
                    RawMessage.wrap(
                        (head + part.repeat(50_000) + "--b--\r\n")
                            .getBytes(StandardCharsets.UTF_8)))
                .toByteArray(),
            StandardCharsets.UTF_8);
    assertThat(masked)
        .isEqualTo(
            "X-Milena-Masked: addresses\r\n"
                + head
                + part.replace("ann@", "a...@").repeat(50_000)
                + "--b--\r\n");
  }
}
