package org.milena.common.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.junit.jupiter.api.Test;

class QuotedPrintableOutputTest {
  private static String encoded(String content, String lineEnd) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var quoting = new QuotedPrintableOutput(out, lineEnd.getBytes(ISO_8859_1))) {
      quoting.write(content.getBytes(ISO_8859_1));
    }
    return out.toString(ISO_8859_1);
  }

  @Test
  void writesLineEndsAsTheMessageHasThemAndBlanksBeforeThemAsCode() throws IOException {
    assertThat(encoded("a = \u00fc \r\nb\t\nc ", "\r\n")).isEqualTo("a =3D =FC=20\r\nb=09\r\nc=20");
    assertThat(encoded("a\r\nb\rc\n", "\n")).isEqualTo("a\nb=0Dc\n");
    assertThat(encoded("", "\n")).isEmpty();
  }

  @Test
  void hidesALineThatWouldEndAPart() throws IOException {
    assertThat(encoded("--b--\n- x\na-b", "\n")).isEqualTo("=2D-b--\n=2D x\na-b");
  }

  /** RFC 2045 section 6.7, rules 2, 3 and 5. */
  @Test
  void keepsAllContentInShortLinesThatEndNoPart() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    String letters = "--ab= \t\n\r\u00e9~\u0000";
    for (int round = 0; round < 3_000; round++) {
      StringBuilder content = new StringBuilder();
      for (int left = random.nextInt(300); left > 0; left--) {
        content.append(letters.charAt(random.nextInt(letters.length())));
      }
      String body = content.toString().replaceAll("\r+\n", "\n");
      String encoded = encoded(body, "\r\n");
      assertThat(encoded.split("\r\n", -1))
          .as("round %d", round)
          .allSatisfy(line ->
              assertThat(line)
                  .hasSizeLessThanOrEqualTo(76)
                  .doesNotStartWith("-")
                  .matches("[\t\\x20-\\x7e]*")
                  .doesNotMatch(".*[ \t]"));
      try (var decoded =
          new QuotedPrintableInputStream(new ByteArrayInputStream(encoded.getBytes(ISO_8859_1)))) {
        assertThat(new String(decoded.readAllBytes(), ISO_8859_1))
            .as("round %d", round)
            .isEqualTo(body.replace("\n", "\r\n"));
      }
    }
  }
}
