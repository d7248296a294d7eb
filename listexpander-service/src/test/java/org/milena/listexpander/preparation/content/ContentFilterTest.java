package org.milena.listexpander.preparation.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ContentFilterSettings;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.preparation.content.FilterOutcome.Filtered;
import org.milena.listexpander.preparation.content.FilterOutcome.NothingLeft;
import org.milena.listexpander.preparation.content.FilterOutcome.Unchanged;
import org.milena.listexpander.sentence.Phrase;

class ContentFilterTest {
  private static final String MIXED =
      """
      From: ann@a.example
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      preamble
      --b
      Content-Type: text/plain

      text with space\s

      --b
      Content-Type: application/octet-stream; name="run.EXE."
      Content-Transfer-Encoding: base64

      AAAA
      --b
      Content-Type: image/png
      Content-Disposition: attachment; filename=photo.png

      png
      --b--
      epilogue
      """;

  private static final String ALTERNATIVE =
      """
      From: ann@a.example
      Subject: two
      MIME-Version: 1.0
      Content-Type: multipart/alternative; boundary=b

      --b
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: 8bit

      plain\s
      --b
      Content-Type: text/html

      <p>html</p>
      --b--
      """;

  private static final String SIGNED =
      """
      From: ann@a.example
      MIME-Version: 1.0
      Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=s

      --s
      Content-Type: multipart/alternative; boundary=a

      --a

      text\s
      --a
      Content-Type: text/html

      <p>html</p>
      --a--
      --s
      Content-Type: application/pgp-signature

      x
      --s--
      """;

  @Test
  void leavesEverythingAloneUnlessItIsSwitchedOn() {
    ContentFilterSettings off =
        ListSettings.DISCUSSION.with("filterTypes", List.of("image")).filter();
    assertThat(ContentFilter.filter(message(MIXED), off)).isEqualTo(new Unchanged());
  }

  @Test
  void takesPartsOutByTypeAndKeepsTheOctetsOfTheOthers() {
    Filtered filtered = filtered(MIXED, on().with("filterTypes", List.of("image")));
    assertThat(text(filtered.message()))
        .isEqualTo(
            "X-Content-Filtered-By: Milena\r\n"
                + wire(MIXED)
                    .replace(
                        wire(
                            """
                            --b
                            Content-Type: image/png
                            Content-Disposition: attachment; filename=photo.png

                            png
                            """),
                        ""));
    assertThat(filtered.changes()).containsExactly("without image/png photo.png");
  }

  @Test
  void takesPartsOutByWhatMayPass() {
    assertThat(types(filtered(MIXED, on().with("passTypes", List.of("text/plain")))))
        .containsExactly("text/plain");
    assertThat(
            types(filtered(MIXED, on().with("passTypes", List.of("multipart/mixed", "image/*")))))
        .containsExactly("image/png");
  }

  @Test
  void takesPartsOutByExtensionHoweverItIsWritten() {
    assertThat(types(filtered(MIXED, on().with("filterExtensions", List.of(".exe")))))
        .containsExactly("text/plain", "image/png");
    assertThat(types(filtered(MIXED, on().with("passExtensions", List.of("PNG")))))
        .containsExactly("text/plain", "image/png");
  }

  @Test
  void letsTheFirstOfAlternativesTakeTheirPlace() {
    Filtered filtered = filtered(ALTERNATIVE, on());
    assertThat(text(filtered.message()) + "\r\n")
        .isEqualTo(
            wire(
                """
                X-Content-Filtered-By: Milena
                From: ann@a.example
                Subject: two
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                plain\s
                """));
  }

  @Test
  void collapsesAlternativesInsideOtherParts() {
    String nested =
        "From: a@a.example\nContent-Type: multipart/mixed; boundary=m\n\n--m\n"
            + ALTERNATIVE.substring(ALTERNATIVE.indexOf("Content-Type"))
            + "--m\n\nsecond\n--m--\n";
    Filtered filtered = filtered(nested, on());
    assertThat(text(filtered.message()))
        .endsWith(
            wire(
                """

                --m
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                plain\s
                --m

                second
                --m--
                """));
  }

  @Test
  void takesTheAlternativeThatIsLeft() {
    Filtered filtered = filtered(ALTERNATIVE, on().with("filterTypes", List.of("text/plain")));
    assertThat(text(filtered.message())).endsWith("Content-Type: text/html\r\n\r\n<p>html</p>");
  }

  @Test
  void makesTextOfHtml() {
    String html =
        """
        From: a@a.example
        Content-Type: text/html; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        <p>Gr=FC=DFe</p>
        """;
    Filtered filtered = filtered(html, on().with("htmlToText", true));
    HeaderBlock header = HeaderBlock.of(filtered.message());
    assertThat(header.first("Content-Type").orElseThrow().value())
        .isEqualTo("text/plain; charset=utf-8");
    assertThat(text(filtered.message())).endsWith("\r\n\r\nGr=C3=BC=C3=9Fe\r\n");
    assertThat(filter(text(filtered.message()), on().with("htmlToText", true)))
        .isEqualTo(new Unchanged());
  }

  @Test
  void neverLooksIntoWhatIsSigned() {
    assertThat(
            filter(
                SIGNED,
                on().with("filterTypes", List.of("text/html", "application/pgp-signature"))
                    .with("htmlToText", true)))
        .isEqualTo(new Unchanged());
    assertThat(filter(SIGNED, on().with("passTypes", List.of("text/plain"))))
        .isInstanceOf(NothingLeft.class);
    assertThat(filter(SIGNED, on().with("passTypes", List.of("text/plain", "multipart"))))
        .isEqualTo(new Unchanged());
  }

  @Test
  void looksIntoMessagesInMessages() {
    String forwarded =
        "From: a@a.example\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nsee\n--o\n"
            + "Content-Type: message/rfc822\n\n"
            + MIXED
            + "--o--\n";
    Filtered filtered = filtered(forwarded, on().with("filterTypes", List.of("image")));
    assertThat(text(filtered.message())).doesNotContain("png").contains("run.EXE.");
  }

  @Test
  void saysWhenNothingIsLeft() {
    assertThat(
            filter(
                "From: a@a.example\nContent-Type: text/html\n\nx\n",
                on().with("filterTypes", List.of("text/html"))))
        .isEqualTo(new NothingLeft(Phrase.KIND_MAY_NOT_STAY.say("text/html")));
    assertThat(filter(MIXED, on().with("filterTypes", List.of("text", "image", "application"))))
        .isInstanceOf(NothingLeft.class);
  }

  @Test
  void endsAContainerThatWasNeverClosedWhereItsOwnGoesOn() {
    String open =
        """
        From: a@a.example
        Content-Type: multipart/mixed; boundary=o

        --o
        Content-Type: multipart/mixed; boundary=i

        --i
        Content-Type: image/png

        png
        --i

        inner
        --o
        Content-Type: image/gif

        gif
        --o--
        """;
    Filtered filtered = filtered(open, on().with("filterTypes", List.of("image")));
    assertThat(text(filtered.message()))
        .endsWith(
            wire(
                """

                --o
                Content-Type: multipart/mixed; boundary=i

                --i

                inner
                --o--
                """));
  }

  @Test
  void holdsBackWhatIsTooManyOrTooDeep() {
    String many = "From: a@a.example\nContent-Type: multipart/mixed; boundary=q\n\n";
    assertThat(filter(many + "--q\n\n\n".repeat(MimeReader.MAX_PARTS), on()))
        .isInstanceOf(NothingLeft.class);
    StringBuilder deep = new StringBuilder("From: a@a.example\n");
    for (int i = 0; i < MimeReader.MAX_DEPTH + 1; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n".formatted(i, i));
    }
    assertThat(filter(deep.toString(), on())).isInstanceOf(NothingLeft.class);
  }

  static ListSettings on() {
    return ListSettings.DISCUSSION.with("filterContent", true);
  }

  private static List<String> types(Filtered filtered) {
    return MimeReader.read(filtered.message()).orElseThrow().children.stream()
        .map(part -> part.type)
        .toList();
  }

  private static Filtered filtered(String text, ListSettings settings) {
    return (Filtered) filter(text, settings);
  }

  private static FilterOutcome filter(String text, ListSettings settings) {
    return ContentFilter.filter(message(text), settings.filter());
  }

  private static RawMessage message(String text) {
    return Fixtures.message(text.replace("\r\n", "\n"));
  }

  private static String wire(String text) {
    return text.replace("\n", "\r\n");
  }

  private static String text(RawMessage message) {
    return new String(message.toByteArray(), StandardCharsets.UTF_8);
  }
}
