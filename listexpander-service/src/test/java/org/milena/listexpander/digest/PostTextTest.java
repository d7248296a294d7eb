package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;

class PostTextTest {
  private static final HtmlToText HTML = new TagStripper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>One<p>Two | One\\n\\nTwo",
        "a<br>b<br/>c | a\\nb\\nc",
        "<ul><li>x<li>y</ul> | * x\\n* y",
        "<td>a</td><td>b</td> | a b",
        "1 &lt; 2 &amp; 3&nbsp;&#x20AC; &bogus; | 1 < 2 & 3 € &bogus;",
        "a < b and <b>c</b> | a < b and c",
        "<style>p{}</style><script>if (a<b) x()</script>seen | seen",
        "<script>never closed | ''",
        "<!-- a > b -->x | x",
        "<a title=\">\" href=x>link</a> | link",
        "<a title=\"open>rest | rest",
        "<pre>a  b&#10;c</pre> | a  b\\nc",
        "&#xD800;&#0;&#1114112;x | &#xD800;&#0;&#1114112;x",
        "' ' | ''",
        "< | <",
        "& | &"
      })
  void htmlBecomesText(String html, String text) {
    String lines = text.replace("\\n", "\n");
    assertThat(HTML.text(html)).isEqualTo(lines.isEmpty() ? "" : lines + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<", "&", "<a b=\"", "</", "<!--", "<script>", "<p>", "<a", "&#", "<pre>\n"})
  void anyHtmlTakesTimeInProportion(String piece) {
    String html = piece.repeat(1_000_000 / piece.length());
    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> HTML.text(html)))
        .hasSizeLessThanOrEqualTo(2 * html.length() + 2);
  }

  @Test
  void anyHtmlHasSomeText() {
    String[] pieces = {
      "<", ">", "p", "/", "!", "--", "\"", "=", "&", "#", ";", "pre", "script", " "
    };
    Random random = new Random(3);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder html = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        html.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(HTML.text(html.toString())).isNotNull();
    }
  }

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
    return PostText.of(post, HTML, Optional.of("https://x/1"), 1_000);
  }
}
