package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.RawMessage;

class MessageParserTest {
  private final MessageParser parser = new MessageParser();

  @Test
  void readsWhoWhatAndWhen() {
    ParsedMessage message =
        parse(
            """
            From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>
            To: Dev <dev@lists.example.org>, other@example.org
            Subject: =?iso-8859-1?q?Gr=FC=DFe?=
             aus Kassel
            Date: Mon, 5 Jan 2026 10:00:00 +0100
            Message-ID: <m1@example.org>
            References: <m0@example.org>
              <m00@example.org>
            In-Reply-To: <m00@example.org>

            Hallo
            """);
    assertThat(message.author()).isEqualTo(new Person("Jörg", "joerg@example.org"));
    assertThat(message.to())
        .containsExactly(
            new Person("Dev", "dev@lists.example.org"), new Person("", "other@example.org"));
    assertThat(message.subject()).isEqualTo("Grüße aus Kassel");
    assertThat(message.date()).isEqualTo(Instant.parse("2026-01-05T09:00:00Z"));
    assertThat(message.messageId()).isEqualTo("m1@example.org");
    assertThat(message.references()).containsExactly("m0@example.org", "m00@example.org");
    assertThat(message.inReplyTo()).containsExactly("m00@example.org");
    assertThat(message.text().whole()).isEqualTo("Hallo");
    assertThat(message.defects()).isEmpty();
  }

  @Test
  void prefersPlainTextAndNamesAttachments() {
    ParsedMessage message =
        parse(
            """
            Content-Type: multipart/mixed; boundary=o

            --o
            Content-Type: multipart/alternative; boundary=i

            --i
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            R3LDvMOfZQ==
            --i
            Content-Type: text/html

            <p>not this</p>
            --i--
            --o
            Content-Type: text/x-patch; name="fix.patch"
            Content-Disposition: attachment; filename*=utf-8''..%2Fetc%2Ff%C3%ADx.patch

            +int answer = 42;
            --o--
            """);
    assertThat(message.text().whole()).isEqualTo("Grüße");
    assertThat(message.attachedText()).contains("answer = 42");
    assertThat(message.attachments())
        .containsExactly(
            new Attachment(
                "2",
                "fíx.patch",
                "text/x-patch",
                null,
                17,
                "c90024d766aafc92b28be90b886f873a1eeeb62612aa89f96eab067a845f32a2"));
  }

  @Test
  void makesTextOfHtmlWhereThereIsNothingElse() {
    ParsedMessage message =
        parse(
            """
            Content-Type: text/html; charset=utf-8

            <html><head><title>no</title><style>p{}</style></head><body>
            <p>One   <b>two</b></p><ul><li>a<li>b</ul>
            <blockquote>said<br>before</blockquote>
            <p>see <a href="https://example.org/x">here</a><script>alert(1)</script></p>
            """);
    assertThat(message.text().whole())
        .isEqualTo(
            """
            One two

            * a
            * b

            > said
            > before

            see here <https://example.org/x>\
            """);
  }

  @Test
  void readsAnAttachedMessageBehindTheText() {
    ParsedMessage message =
        parse(
            """
            Content-Type: multipart/mixed; boundary=o

            --o

            Look:
            --o
            Content-Type: message/rfc822

            Subject: inner
            Content-Type: text/plain

            The inner text
            --o--
            """);
    assertThat(message.text().whole()).isEqualTo("Look:\nThe inner text");
    assertThat(message.attachments()).extracting(Attachment::part).containsExactly("2");
    assertThat(message.attachments()).extracting(Attachment::name).containsExactly("part-2.eml");
  }

  @Test
  void givesAnIdOfItsOctetsToAMessageWithoutOne() {
    RawMessage raw = raw("Subject: x\n\nhello\n");
    assertThat(parser.parse(raw).messageId()).isEqualTo(raw.sha256() + "@no-message-id.invalid");
  }

  @Test
  void stopsAtTheLimitOfDepth() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 6000; i++) {
      deep.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
      deep.append(i).append('\n');
    }
    assertThat(parse(deep.toString()).defects())
        .containsExactly("parts are nested deeper than 30 levels");
    StringBuilder letters = new StringBuilder();
    letters.append("Content-Type: message/rfc822\n\n".repeat(12_000));
    assertThat(parse(letters.toString()).defects()).hasSize(1);
  }

  @Test
  void stopsAtTheLimitOfParts() {
    String many =
        "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(20_000) + "--b--\n";
    ParsedMessage message = parse(many);
    assertThat(message.defects()).containsExactly("there are more than 1000 parts");
    assertThat(message.text().whole()).hasSizeLessThan(3000);
  }

  @Test
  void cutsLongTextAndSaysSo() {
    ParsedMessage message = parse("Subject: x\n\n" + "0123456789\n".repeat(200_000));
    assertThat(message.text().length())
        .isBetween(MessageParser.MAX_TEXT - 2, MessageParser.MAX_TEXT);
    assertThat(message.defects())
        .containsExactly("only the beginning of its text can be searched and shown");
  }

  @Test
  void givesBackOnePart() throws IOException {
    RawMessage raw =
        raw(
            """
            Content-Type: multipart/mixed; boundary=o

            --o

            text
            --o
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64

            AAEC/w==
            --o--
            """);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(parser.writePart(raw, "2", out)).isTrue();
    assertThat(out.toByteArray()).containsExactly(0, 1, 2, 0xFF);
    assertThat(parser.writePart(raw, "3", out)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "report.pdf, report.pdf",
    "..\\..\\boot.ini, boot.ini",
    "/etc/passwd, passwd",
    "'a\u202Efdp.exe', afdp.exe",
    "'a\r\nSet-Cookie: b', a Set-Cookie_ b",
    "'\"><script>', ___script_",
    "'...', part-1.bin",
    "'.bashrc', bashrc",
  })
  void makesFileNamesHarmless(String claimed, String name) {
    assertThat(FileName.of(claimed, "application/x", "1")).isEqualTo(name);
  }

  @Test
  void cleansText() {
    assertThat(CleanText.lines("a\r\nb\rc\0d\uD800e\u0007\uFEFF", 100))
        .isEqualTo("a\nb\ncd\uFFFDe");
    assertThat(CleanText.lines("a\uD83D\uDE00b", 2)).isEqualTo("a");
    assertThat(CleanText.line("  a \n\t b\u202E ", 100)).isEqualTo("a b");
  }

  private ParsedMessage parse(String text) {
    return parser.parse(raw(text));
  }

  static RawMessage raw(String text) {
    return RawMessage.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
