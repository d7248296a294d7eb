package org.milena.archive.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.message.AddressMask;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.archive.rewriting.Octets;
import org.milena.archive.rewriting.TransferEncoding;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.MailCharsets;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.MimeWalker;
import org.milena.common.mime.PartHeader;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

class MaskedMessageTest {

  @Test
  void masksFieldsAndText() {
    assertThat(
            masked(
                """
                Received: from x (x [192.0.2.1]) by y
                 for <bob@example.org>; Mon, 5 Jan 2026 10:00:00 +0000
                From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>
                To: "Bob, the" <bob@example.org>
                Message-ID: <one@mail.example>
                References: <zero@mail.example>
                Subject: =?utf-8?q?ask_carla=40hidden=2Eexample?=

                Write to carla@hidden.example.
                """))
        .isEqualTo(
            """
            X-Milena-Masked: addresses
            Received: from x (x [192.0.2.1]) by y
             for <b...@example.org>; Mon, 5 Jan 2026 10:00:00 +0000
            From: =?utf-8?q?J=C3=B6rg?= <j...@example.org>
            To: "Bob, the" <b...@example.org>
            Message-ID: <one@mail.example>
            References: <zero@mail.example>
            Subject: ask c...@hidden.example

            Write to c...@hidden.example.
            """);
  }

  @ParameterizedTest
  @CsvSource({"base64", "quoted-printable", "8bit", "7bit"})
  void masksWhatIsEncoded(String encoding) throws IOException {
    byte[] content =
        "Grüße an carla@hidden.example = ja\r\n".repeat(5).getBytes(StandardCharsets.UTF_8);
    byte[] body = TransferEncoding.encode(Octets.of(content), encoding, "\r\n").toByteArray();
    RawMessage masked =
        MaskedMessage.of(
            message(
                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
                    + encoding
                    + "\r\n\r\n",
                body));
    assertThat(new MessageParser().parse(masked).text().whole() + "\n")
        .isEqualTo("Grüße an c...@hidden.example = ja\n".repeat(5));
  }

  @Test
  void leavesPicturesAndWhatHasNoAddress() {
    byte[] picture = new byte[3000];
    new Random(5).nextBytes(picture);
    picture[0] = 0;
    String encoded = Base64.getMimeEncoder().encodeToString(picture);
    String message =
        """
        Content-Type: multipart/mixed; boundary="=_b"

        preamble of p@x.example
        --=_b
        Content-Type: image/png
        Content-Transfer-Encoding: base64

        %s
        --=_b
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: base64

        bm8gYWRkcmVzcyBoZXJl
        --=_b
        Content-Type: text/x-patch; name="a.patch"
        Content-Disposition: attachment; filename="by-eva@x.example.patch"

        Signed-off-by: Eva <eva@x.example>
        --=_b--
        epilogue
        """
            .formatted(encoded.replace("\r\n", "\n"));
    String masked = masked(message);
    assertThat(masked)
        .isEqualTo(
            "X-Milena-Masked: addresses\n"
                + message
                    .replace("p@x", "p...@x")
                    .replace("by-eva@x", "b...@x")
                    .replace("eva@x", "e...@x"));
  }

  @Test
  void masksInsideAttachedMessages() {
    assertThat(
            masked(
                """
                Content-Type: multipart/digest; boundary=b

                --b

                From: Inner <inner@x.example>
                Content-Type: multipart/alternative; boundary=c

                --c
                Content-Type: text/html

                <a href="mailto:deep&#64;x.example">deep&commat;x.example</a>
                --c--
                --b--
                """))
        .doesNotContain("inner@", "deep@", "deep&")
        .contains("i...@x.example", "d...@x.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"utf-16", "utf-16le", "iso-2022-jp", "utf-7", "shift_jis", "windows-1252"})
  void masksInEveryCharset(String name) {
    String text = "write to dave@x.example now\r\n";
    byte[] content =
        name.equals("utf-7")
            ? "write to dave+AEA-x.example now\r\n".getBytes(StandardCharsets.US_ASCII)
            : text.getBytes(Charset.forName(name));
    String head =
        "Content-Type: text/plain; charset="
            + name
            + "\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    RawMessage masked =
        MaskedMessage.of(
            message(
                head, TransferEncoding.encode(Octets.of(content), "base64", "\r\n").toByteArray()));
    assertThat(new MessageParser().parse(masked).text().whole())
        .isEqualTo("write to d...@x.example now");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "utf16",
        "UTF_16",
        "unicode",
        "UnicodeBig",
        "x-utf-16le",
        "utf-32",
        "cp500",
        "x-IBM930",
        "csISO2022JP",
        "ibm437"
      })
  void masksWhateverTheNameOfTheCharset(String name) throws IOException {
    byte[] content = "write to dave@x.example now\r\n".getBytes(Charset.forName(name));
    String head = "Content-Type: text/plain; charset=" + name + "\r\n";
    String base64 = Base64.getEncoder().encodeToString(content);
    RawMessage masked =
        MaskedMessage.of(
            message(
                head + "Content-Transfer-Encoding: base64\r\n\r\n",
                base64.getBytes(StandardCharsets.US_ASCII)));
    List<String> texts = new ArrayList<>();
    new MimeWalker(
            (header, in) -> {
              byte[] all = in.readAllBytes();
              return texts.add(MailCharsets.decode(all, 0, all.length, header.charset()));
            })
        .walk(masked);
    assertThat(texts).singleElement().asString().contains("write to d...@x.example now");
    byte[] attached = MaskedMessage.content(content, "text/plain", name).toByteArray();
    assertThat(new String(attached, Charset.forName(name))).contains("to d...@x.example now");
  }

  @ParameterizedTest
  @CsvSource({
    "&#97;&#108;&#x69;&#99;&#101;&#64;example.org, a...@example.org",
    "alice@&#101;xample.org, a...@example.org",
    "alice&#0000064&#x65;xample.org, a...@example.org",
    "alice&commat;example&period;org, a...@example.org",
    "alice&#43;&#33;@example.org, a...@example.org",
    "<a href=mailto:%61l%69ce%40ex%61mple.org>, <a href=mailto:a...@example.org>",
    "a&#64;b%2540c d@e.fg, a...@b%2540c d...@e.fg",
    "jos&#233;@example.org, j...@example.org",
    "jos&eacute;@example.org, j...@example.org",
    "&#xE9;va@b&#252;cher.example, v...@b&#252;cher.example",
    "alice@&uuml;ber.example, a...@&uuml;ber.example",
    "alice@&#1087;&#1088;.&#1088;&#1092; d@e.fg, a...@&#1087;&#1088;.&#1088;&#1092; d...@e.fg",
    "alice@%C3%BCber.example, a...@%C3%BCber.example",
    "jos%C3%A9@e.fg, j...@e.fg",
    "alice&lrm;@e.fg, a...@e.fg",
    "ali&ZeroWidthSpace;ce@e.fg, a...@e.fg",
    "alice&#127;@e.fg, a...@e.fg",
    "alice&#x110000;@e.fg, a...@e.fg",
    "&quot;alice&quot;@e.fg, &quot;a...@e.fg",
    "alice@&#91;192.0.2.1], a...@&#91;192.0.2.1]",
    "@&#24352;&#19977; d@e.fg, @&#24352;&#19977; d...@e.fg",
    "caf&eacute;@ 5 d@e.fg, caf&eacute;@ 5 d...@e.fg",
    "a&mdash;bob@e.fg, a&mdash;b...@e.fg",
    "ali&shy;ce@example.org, a...@example.org",
    "&#128512;alice@example.org, a...@example.org",
    "&Lambda;&alpha;x&#64;example.org, x...@example.org",
    "see&nbsp;alice@e.fg&nbsp;jos&#233;, see&nbsp;a...@e.fg&nbsp;jos&#233;",
    "x&#38;#64;y d@e.fg, x&#38;#64;y d...@e.fg",
    "it&#39;s &#60;b&#62; 50%25 &#97; &#64; %61 &; &# &#x d@e.fg, "
        + "it&#39;s &#60;b&#62; 50%25 &#97; @ %61 &; &# &#x d...@e.fg",
  })
  void masksWhatIsWrittenInCodes(String html, String shown) {
    String head = "Content-Type: text/html\n\n";
    assertThat(masked(head + html)).isEqualTo("X-Milena-Masked: addresses\n" + head + shown);
  }

  @Test
  void leavesCodesWhereNoAddressIs() {
    String message = "Content-Type: text/html\n\n&#97;&#64; &#98;&#46;%41 @&#32;&#99";
    assertThat(masked(message)).isEqualTo("X-Milena-Masked: addresses\n" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "In-Reply-To: Message from Alice <alice@e.org> of \"Tue, 1 Jan\" <1@e.org>"
            + "|In-Reply-To: Message from Alice <a...@e.org> of \"Tue, 1 Jan\" <1...@e.org>",
        "In-Reply-To: your mail from alice@e.org|In-Reply-To: your mail from a...@e.org",
        "References: <1@e.org>, <2@e.org> (by alice@e.org)"
            + "|References: <1@e.org>, <2@e.org> (by a...@e.org)",
        "Message-ID: 1@e.org|Message-ID: 1@e.org",
        "In-Reply-To: =?utf-8?B?YWxpY2VAZXhhbXBsZS5vcmc=?=|In-Reply-To: a...@example.org",
        "Content-Type: image/png; name=\"=?utf-8?B?YWxpY2VAZXhhbXBsZS5vcmc=?=\""
            + "|Content-Type: image/png",
        "Content-Type: text/plain; charset=utf-8; name*0=alice; name*1=\"@e.org\""
            + "|Content-Type: text/plain; charset=utf-8",
        "Content-Disposition: inline; filename*0=alice; filename*1=\"@e.org\""
            + "|Content-Disposition: inline",
        "Content-Type: multipart/mixed; name=\"alice.x@e.org\"; boundary=\".x\""
            + "|Content-Type: multipart/mixed; name=\"a...@e.org\"; boundary=\".x\"",
        "Content-Type: multipart/mixed; name=\"boundary=al.x@e.org\"; boundary=\".x\""
            + "|Content-Type: multipart/mixed; name=\"b...@e.org\"; boundary=\".x\"",
        "Content-Type: multipart/mixed; name=\"al@e.org\"; boundary=b.1@e.org"
            + "|Content-Type: multipart/mixed; name=\"a...@e.org\"; boundary=b.1@e.org",
        "Content-Type: multipart/mixed; name*0=al; name*1=\"@e.org\"; boundary=\"b 1@e.org\""
            + "|Content-Type: multipart/mixed; boundary=\"b 1@e.org\"",
      })
  void masksFieldsThatAreReadInTheirOwnWay(String field, String shown) {
    assertThat(masked(field + "\n\nx\n"))
        .isEqualTo("X-Milena-Masked: addresses\n" + shown + "\n\nx\n");
  }

  /** Text in two octets a character under the name of another set, or of one nobody knows. */
  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "us-ascii", "", "ucs-2", "unknown-name"})
  void masksWhereNulStandsInText(String charset) throws IOException {
    byte[] wide = "write to dave@x.example".getBytes(StandardCharsets.UTF_16LE);
    byte[] once = "write to dave@x.example\0".getBytes(StandardCharsets.US_ASCII);
    for (byte[] content : List.of(wide, once)) {
      for (String type : List.of("text/plain", "text/html", "text")) {
        RawMessage masked =
            MaskedMessage.of(
                message(
                    "Content-Type: %s; charset=\"%s\"\r\n\r\n".formatted(type, charset), content));
        assertThat(new String(masked.toByteArray(), StandardCharsets.ISO_8859_1).replace("\0", ""))
            .contains("write to d...@x.example");
      }
    }
  }

  @Test
  void leavesWhatSaysThatItIsTextAndHoldsNoAddress() {
    byte[] octets = {'M', 'Z', 0, 1, '@', 0, (byte) 0x80, 'x', 0};
    String head = "Content-Type: text/plain\r\n\r\n";
    assertThat(MaskedMessage.of(message(head, octets)).toByteArray())
        .isEqualTo(message("X-Milena-Masked: addresses\r\n" + head, octets).toByteArray());
    assertThat(MaskedMessage.content(octets.clone(), "text/plain", "").toByteArray())
        .isEqualTo(octets);
  }

  @Test
  void masksInsideAnAttachedMessageByItself() {
    String message =
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getEncoder()
                .encodeToString("dave@x.example".getBytes(StandardCharsets.US_ASCII));
    byte[] masked =
        MaskedMessage.content(message.getBytes(StandardCharsets.US_ASCII), "message/rfc822", "")
            .toByteArray();
    assertThat(new MessageParser().parse(RawMessage.wrap(masked)).text().whole())
        .isEqualTo("d...@x.example");
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void leavesNoAddressInRealMail(CorpusMessage message) throws IOException {
    assertMasked(message.message());
  }

  @Test
  void leavesTheTextsOfMostRealMail() {
    List<CorpusMessage> all = Corpus.torture();
    long whole =
        all.stream()
            .map(message -> MaskedMessage.of(message.message()))
            .filter(masked ->
                !new String(masked.toByteArray(), StandardCharsets.ISO_8859_1)
                    .contains("too broken to be shown"))
            .count();
    assertThat(whole).isGreaterThan(all.size() * 99L / 100);
  }

  @Test
  void masksWhatIsMaskedNoFurther() {
    Random random = new Random(1);
    String letters = "a\"@.( x-\u00e4";
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(10); i >= 0; i--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String masked = AddressMask.ascii(text.toString());
      assertThat(AddressMask.ascii(masked)).as(text.toString()).isEqualTo(masked);
    }
  }

  static List<CorpusMessage> corpus() {
    return Corpus.torture();
  }

  @Test
  void leavesNoAddressInChangedMail() throws IOException {
    Random random = new Random(11);
    for (CorpusMessage message : Corpus.torture()) {
      byte[] bytes = message.message().toByteArray();
      if (bytes.length > 0 && bytes.length < 100_000) {
        byte[] changed = new byte[1 + random.nextInt(bytes.length)];
        System.arraycopy(bytes, 0, changed, 0, changed.length);
        for (int i = 0; i < 5; i++) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        assertMasked(RawMessage.wrap(changed));
      }
    }
  }

  @Test
  void masksWhatStandsBehindBase64() {
    String message =
        "Content-Transfer-Encoding: base64\n\naGVsbG8gd29ybGQK\n--\nWrite to %s@x.example\n";
    assertThat(masked(message.formatted("zoe")))
        .isEqualTo("X-Milena-Masked: addresses\n" + message.formatted("z..."));
    String picture = "Content-Type: image/png\n" + message;
    assertThat(masked(picture.formatted("zoe")))
        .isEqualTo("X-Milena-Masked: addresses\n" + picture.formatted("z..."));
  }

  /** What the archive itself reads of it holds no address, and the same structure. */
  private static void assertMasked(RawMessage message) throws IOException {
    RawMessage masked = MaskedMessage.of(message);
    ParsedMessage before = new MessageParser().parse(message);
    ParsedMessage after = new MessageParser().parse(masked);
    assertThat(AddressMask.ascii(after.subject())).isEqualTo(after.subject());
    assertThat(AddressMask.ascii(after.author().name())).isEqualTo(after.author().name());
    if (!after.text().whole().contains("too broken to be shown")) {
      assertThat(after.attachments()).hasSameSizeAs(before.attachments());
    }
    List<String> texts = new ArrayList<>();
    new MimeWalker((header, content) -> texts.add(text(header, content))).walk(masked);
    assertThat(texts).allSatisfy(text -> assertThat(AddressMask.ascii(text)).isEqualTo(text));
    for (HeaderField field : HeaderBlock.of(masked).fields()) {
      if (!field
          .name()
          .matches(
              "(?i)message-id|references|in-reply-to|resent-message-id|content-id|content-type")) {
        assertThat(AddressMask.ascii(field.decoded())).isEqualTo(field.decoded());
      }
    }
    byte[] again = MaskedMessage.of(masked).toByteArray();
    assertThat(again.length).isLessThanOrEqualTo(masked.size() + 30);
  }

  private static String text(PartHeader header, InputStream content) throws IOException {
    byte[] bytes = content.readAllBytes();
    boolean binary = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(0) >= 0;
    return header.type().startsWith("text/") && !binary
        ? MailCharsets.decode(bytes, 0, bytes.length, header.charset())
        : "";
  }

  static String masked(String message) {
    return new String(
        MaskedMessage.of(RawMessage.wrap(message.getBytes(StandardCharsets.UTF_8))).toByteArray(),
        StandardCharsets.UTF_8);
  }

  static RawMessage message(String head, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(body);
    return RawMessage.wrap(bytes.toByteArray());
  }
}
