package org.milena.listexpander.preparation.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;

class TextsAroundTest {
  private static final String FOOTER = "____\nusers mailing list\n";
  private static final TextsAround PLAIN = footer(FOOTER);
  private static final TextsAround WIDE = footer("Gr\u00fc\u00dfe\n");

  @Test
  void putsTextBehindAndBeforeText() {
    TextsAround both = new TextsAround(Optional.of("first\n"), Optional.of(FOOTER));
    assertThat(body(once(both, "From: a@a.example\n\ntext \n\n")))
        .isEqualTo("first\r\ntext \r\n\r\n____\r\nusers mailing list\r\n");
    assertThat(body(once(PLAIN, "From: a@a.example\n\nno end of line")))
        .isEqualTo("no end of line\r\n____\r\nusers mailing list\r\n");
  }

  @Test
  void keepsEveryOctetInEightBitText() {
    RawMessage result =
        once(
            WIDE,
            "Content-Type: text/plain; charset=utf-8\n"
                + "Content-Transfer-Encoding: 8bit\n\n"
                + "\u00e9 \n");
    assertThat(body(result)).isEqualTo("\u00e9 \r\nGr\u00fc\u00dfe\r\n");
  }

  @Test
  void keepsQuotedPrintable() {
    String head =
        "Content-Type: text/plain; charset=iso-8859-1\n"
            + "Content-Transfer-Encoding: quoted-printable\n\n";
    assertThat(body(once(WIDE, head + "=E9=20\n"))).isEqualTo("=E9=20\r\nGr=FC=DFe\r\n");
    assertThat(body(once(WIDE, head + "soft=\n"))).isEqualTo("soft\r\nGr=FC=DFe\r\n");
  }

  @Test
  void keepsBase64() {
    RawMessage result =
        once(
            WIDE,
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\naGk=\n");
    assertThat(new String(Base64.getMimeDecoder().decode(body(result)), StandardCharsets.UTF_8))
        .isEqualTo("hi\r\nGr\u00fc\u00dfe\r\n");
  }

  @Test
  void takesAnotherCharsetWhereTheOwnCannotHoldIt() {
    RawMessage ascii = once(WIDE, "Content-Type: text/plain; format=flowed\n\nhi\n");
    assertThat(value(ascii, "Content-Type"))
        .contains("charset=\"utf-8\"")
        .contains("format=\"flowed\"");
    assertThat(value(ascii, "Content-Transfer-Encoding")).isEqualTo("quoted-printable");
    assertThat(body(ascii)).isEqualTo("hi\r\nGr=C3=BC=C3=9Fe\r\n");
    RawMessage latin =
        once(
            footer("\u0416\n"),
            "Content-Type: text/plain; charset=iso-8859-1\n"
                + "Content-Transfer-Encoding: quoted-printable\n\n=E9\n");
    assertThat(body(latin)).isEqualTo("=C3=A9\r\n=D0=96\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"format=flowed", "format=Flowed; delsp=yes"})
  void letsNoParagraphFlowIntoTheFooter(String parameters) {
    RawMessage result =
        once(
            footer(" indented\n> quoted\nfrom here\nFrom here \n-- \n"),
            "Content-Type: text/plain; " + parameters + "\n\nit flows \non \n");
    assertThat(body(result))
        .isEqualTo(
            "it flows \r\non \r\n\r\nindented\r\n > quoted\r\nfrom here\r\n From here\r\n--\r\n");
  }

  @Test
  void wrapsWhatItMayNotTouch() {
    String signed =
        """
        --s
        Content-Type: text/plain

        signed\s
        --s
        Content-Type: application/pgp-signature

        x
        --s--
        """;
    String type = "multipart/signed; micalg=pgp-sha256;\n protocol=\"a/b\"; boundary=\"s\"";
    RawMessage result =
        once(PLAIN, "From: a@a.example\nContent-Type: " + type + "\nSubject: s\n\n" + signed);
    MimePart root = MimeReader.read(result).orElseThrow();
    assertThat(root.type).isEqualTo("multipart/mixed");
    assertThat(root.children)
        .extracting(part -> part.type)
        .containsExactly("multipart/signed", "text/plain");
    MimePart inner = root.children.getFirst();
    assertThat(octets(result).substring(inner.start, inner.end))
        .isEqualTo(("Content-Type: " + type + "\n\n" + signed).replace("\n", "\r\n"));
    assertThat(HeaderBlock.of(result).has("MIME-Version")).isTrue();
  }

  @Test
  void wrapsTextThatHasNoPlaceForMore() {
    String utf16 =
        "Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n//5oAA==\n";
    assertThat(MimeReader.read(once(PLAIN, utf16)).orElseThrow().children).hasSize(2);
    String html = "Content-Type: text/html\n\n<p>x\n";
    assertThat(MimeReader.read(once(WIDE, html)).orElseThrow().children).hasSize(2);
    String attached = "Content-Type: text/plain\nContent-Disposition: attachment\n\nx\n";
    assertThat(MimeReader.read(once(PLAIN, attached)).orElseThrow().children).hasSize(2);
  }

  @Test
  void encodesTextWhoseLinesAreTooLongForMail() {
    String longest = "a".repeat(998);
    assertThat(body(once(PLAIN, "From: a@a.example\n\n" + longest + "\n")))
        .isEqualTo(longest + "\r\n____\r\nusers mailing list\r\n");
    RawMessage result =
        once(
            PLAIN,
            "From: a@a.example\nContent-Type: text/plain; charset=iso-8859-1\n"
                + "Content-Transfer-Encoding: 8bit\n\n"
                + longest
                + "\u00e9\n");
    assertThat(value(result, "Content-Transfer-Encoding")).isEqualTo("quoted-printable");
    assertThat(value(result, "Content-Type")).contains("charset=\"iso-8859-1\"");
    assertThat(body(result).lines()).allMatch(line -> line.length() <= 76);
    assertThat(body(result).replace("=\r\n", ""))
        .isEqualTo(longest + "=C3=A9\r\n____\r\nusers mailing list\r\n");
    assertThat(value(once(PLAIN, "From: a@a.example\n\na" + longest), "Content-Type"))
        .isEqualTo("text/plain; charset=\"us-ascii\"");
  }

  @Test
  void leavesLongLinesInAnUnknownCharsetAsTheyAre() {
    String line = "\u00e9".repeat(999);
    assertThat(body(once(PLAIN, "From: a@a.example\n\n" + line + "\n")))
        .startsWith(line + "\r\n____\r\n");
  }

  @Test
  void sendsABlankTextNowhere() {
    RawMessage message = Fixtures.message("From: a@a.example\n\ntext\n");
    assertThat(footer(" \n\n").around(message)).isSameAs(message);
    assertThat(TextsAround.NONE.around(message)).isSameAs(message);
  }

  /** With the texts, and the same again after another lap. */
  private static RawMessage once(TextsAround texts, String message) {
    RawMessage result = texts.around(Fixtures.message(message));
    assertThat(octets(texts.around(result))).isEqualTo(octets(result));
    return result;
  }

  private static TextsAround footer(String text) {
    return new TextsAround(Optional.empty(), Optional.of(text));
  }

  private static String value(RawMessage message, String name) {
    return HeaderBlock.of(message).first(name).orElseThrow().value();
  }

  private static String body(RawMessage message) {
    byte[] octets = message.toByteArray();
    int start = HeaderBlock.of(message).bodyOffset();
    return new String(octets, start, octets.length - start, StandardCharsets.UTF_8);
  }

  private static String octets(RawMessage message) {
    return new String(message.toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
