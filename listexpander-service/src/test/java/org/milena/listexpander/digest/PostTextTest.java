package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;

class PostTextTest {
  @Test
  void plainTextWinsOverHtmlWhereverItStands() {
    for (String order : new String[] {"plain html", "html plain"}) {
      StringBuilder post = new StringBuilder("Content-Type: multipart/alternative; boundary=b\n\n");
      for (String type : order.split(" ")) {
        post.append("--b\nContent-Type: text/" + type + "\n\nfrom " + type + "\n");
      }
      assertThat(text(post + "--b--\n")).isEqualTo("from plain\n");
    }
    assertThat(
            text(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\n"
                    + "Content-Type: text/html\n\n<p>second</p>\n--b--\n"))
        .isEqualTo("first\n\nsecond\n");
  }

  @Test
  void attachmentsAreNamed() {
    assertThat(
            text(
                """
                Content-Type: multipart/mixed; boundary=b

                --b

                See it.
                --b
                Content-Type: image/png; name="=?utf-8?q?T=C3=A9e.png?="
                Content-Transfer-Encoding: base64

                AAAA
                --b
                Content-Type: text/plain
                Content-Disposition: attachment; filename="notes.txt"

                12345
                --b
                Content-Type: message/rfc822

                Subject: x

                y
                --b--
                """))
        .isEqualTo(
            """
            See it.

            [Attachment: Tée.png, image/png, 3 octets; see <https://x/1>]

            [Attachment: notes.txt, text/plain, 5 octets; see <https://x/1>]

            [Attachment: message/rfc822, 15 octets; see <https://x/1>]
            """);
  }

  @Test
  void charsetsBecomeOne() {
    assertThat(
            text(
                RawMessage.wrap(
                    "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nT\u00e9e\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1))))
        .isEqualTo("Tée\n");
    assertThat(
            text(
                "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n"
                    + "0NLJ18XU\n"))
        .isEqualTo("привет\n");
  }

  @Test
  void whatIsTooDeepOrTooMuchIsSaid() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i + "\n");
    }
    assertThat(text(deep.toString())).startsWith("[Parts are nested too deep to be shown; see");
    assertThat(text("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(1_000)))
        .contains("[There are too many parts to be shown");
    assertThat(text("Content-Type: text/html\n\n" + "<b>x</b>".repeat(5_000)))
        .as("the rest of the HTML was not read")
        .endsWith("x\n\n[This message is longer: it was cut here; see <https://x/1>.]\n");
    assertThat(text("\n" + "x".repeat(5_000)))
        .isEqualTo(
            "x".repeat(1_000)
                + "\n\n[This message is longer: it was cut here; see <https://x/1>.]\n");
  }

  @ParameterizedTest
  @CsvSource({
    "-----------------------------, -----------------------------",
    "------------------------------, ' -----------------------------'",
    "'------------------------------  ', ' -----------------------------  '",
    "------------------------------x, ------------------------------x",
    "'End of X Digest, Vol 1, Issue 2', ' End of X Digest, Vol 1, Issue 2'",
    "End of the day, End of the day",
    "'', ''"
  })
  void noLineLooksLikeOneOfTheDigest(String line, String escaped) {
    assertThat(PostSection.escape(line)).isEqualTo(escaped);
  }

  private static String text(String post) {
    return text(Fixtures.message(post));
  }

  private static String text(RawMessage post) {
    return PostText.of(post, Optional.of("https://x/1"), 1_000);
  }
}
