package org.milena.archive.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.archive.message.Person;
import org.milena.archive.rewriting.Octets;
import org.milena.archive.rewriting.TransferEncoding;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.Splice;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

class RedactorTest {
  private static final String FILES =
      """
      From: Ann <ann@a.example>
      Message-ID: <1@a.example>
      Subject: my papers
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain

      Call me.
      --b
      Content-Type: application/pdf; name=cv.pdf
      Content-Transfer-Encoding: base64

      JVBERi0xLjQK
      --b
      Content-Type: text/x-patch
      Content-Disposition: attachment; filename=a.patch

      +phone 555 1234
      --b--
      """;

  private final Redactor redactor = new Redactor(AttachmentReader.NONE);

  private static RawMessage raw(String text) {
    return RawMessage.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Wish passages(String... passages) {
    return new Wish(List.of(passages), Set.of());
  }

  private String left(String message, Wish wish) {
    Redacted redacted = redactor.redact(raw(message), wish);
    assertThat(redacted).isInstanceOf(Redacted.Done.class);
    Redacted.Done done = (Redacted.Done) redacted;
    assertThat(Splice.apply(raw(message), done.splices())).isEqualTo(done.message());
    return new String(done.message().toByteArray(), StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Test
  void takesAPassageOutOfTextAndHeader() {
    assertThat(
            left(
                """
                From: "Ann, 555 1234" <ann@a.example>
                Message-ID: <555 1234@a.example>
                Subject: =?utf-8?q?Call_555_1234?=

                Call 555 1234 or
                > call 555
                > 1234, tel. 5551234.
                """,
                passages("555 1234")))
        .isEqualTo(
            """
            X-Milena-Redacted: 1 passage
            From: "Ann, [redacted]" <ann@a.example>
            Message-ID: <555 1234@a.example>
            Subject: Call [redacted]

            Call [redacted] or
            > call [redacted], tel. 5551234.
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "utf-8, quoted-printable",
    "utf-8, base64",
    "iso-8859-1, 8bit",
    "windows-1252, quoted-printable",
    "koi8-r, base64",
    "iso-2022-jp, 7bit",
    "utf-16, base64"
  })
  void whateverTheLettersAreWrittenIn(String charset, String encoding) {
    String secret =
        switch (charset) {
          case "koi8-r" -> "ул. Ленина";
          case "iso-2022-jp" -> "日本語";
          default -> "Müllerstraße 7";
        };
    byte[] text = ("before " + secret + " after\r\n").getBytes(Charset.forName(charset));
    byte[] head =
        "From: a@a.example\r\nMessage-ID: <1@a>\r\nContent-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: %s\r\n\r\n"
            .formatted(charset, encoding)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] body = TransferEncoding.encode(Octets.of(text), encoding, "\r\n").toByteArray();
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);

    Redacted redacted = redactor.redact(RawMessage.wrap(all), passages(secret));
    assertThat(redacted).isInstanceOf(Redacted.Done.class);
    ParsedMessage left = new MessageParser().parse(((Redacted.Done) redacted).message());
    assertThat(left.text().whole().strip()).isEqualTo("before [redacted] after");
  }

  @Test
  void aPassageThatMarkupDividesGoesToo() {
    String message =
        """
        From: a@a.example
        Message-ID: <1@a.example>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: text/plain

        My key is open sesame, keep it.
        --b
        Content-Type: text/html

        <p title="open&#32;sesame">My key is <b>open</b> se<i>same</i>, keep it.</p>
        --b--
        """;
    String left = left(message, passages("open sesame"));
    assertThat(left)
        .doesNotContainIgnoringCase("sesame")
        .contains("My key is [redacted], keep it.");
    assertThat(left).contains("<pre>").contains("--b--");
  }

  /** Neither in a line of the text, nor where a long line is broken. */
  @Test
  void noLineOfTextBecomesABoundary() {
    String long75 = "x".repeat(75);
    String message =
        """
        From: a@a.example
        Message-ID: <1@a.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain
        Content-Transfer-Encoding: quoted-printable

        Call 555 1234
        =2D-b--
        =2D-b
        %s=
        =2D-b and so on
        --b
        Content-Type: text/x-patch
        Content-Disposition: attachment; filename=a.patch

        +behind it
        --b--
        """
            .formatted(long75);
    RawMessage left = raw(left(message, passages("555 1234")));
    ParsedMessage parsed = new MessageParser().parse(left);
    assertThat(parsed.text().whole().strip().lines().map(String::strip))
        .containsExactly("Call [redacted]", "--b--", "--b", long75 + "--b and so on");
    assertThat(parsed.attachments()).extracting(Attachment::name).containsExactly("a.patch");
    assertThat(parsed.defects()).isEmpty();
  }

  @Test
  void anAttachmentLeavesANote() {
    String left = left(FILES, new Wish(List.of(), Set.of("2")));
    assertThat(left)
        .startsWith("X-Milena-Redacted: 1 attachment\n")
        .doesNotContain("cv.pdf", "JVBERi")
        .contains("filename=removed.txt", "Call me.", "+phone 555 1234");
    ParsedMessage parsed = new MessageParser().parse(raw(left));
    assertThat(parsed.attachments())
        .extracting(Attachment::part, Attachment::name)
        .containsExactly(tuple("2", "removed.txt"), tuple("3", "a.patch"));
  }

  @Test
  void textIsTakenOutOfAttachedTextToo() {
    assertThat(left(FILES, passages("555 1234"))).contains("+phone [redacted]").contains("cv.pdf");
  }

  @Test
  void anAttachedMessageGoesWithAllItHolds() {
    String message =
        """
        From: a@a.example
        Message-ID: <1@a.example>
        Content-Type: multipart/mixed; boundary=o

        --o
        Content-Type: text/plain

        see
        --o
        Content-Type: message/rfc822

        %s
        --o--
        """
            .formatted(FILES);
    String left = left(message, new Wish(List.of(), Set.of("2")));
    assertThat(left).doesNotContain("my papers", "cv.pdf", "Call me").contains("see");
    assertThat(left(message, new Wish(List.of(), Set.of("2.2")))).contains("my papers", "Call me");
  }

  @Test
  void passagesThatShareWordsGoTogether() {
    String message = "From: a@a.example\nMessage-ID: <1@a.example>\n\nalpha beta gamma, Jane Doe\n";
    assertThat(left(message, passages("alpha beta", "beta gamma", "Jane", "Jane Doe")))
        .endsWith("\n\n[redacted], [redacted]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Call <a href=\"https://x.example/p\">Jane</a> Doe, please",
        "<ul><li>Jane<li>Doe</ul> please",
        "Ja&shy;ne D\u200boe please",
        "<i>Jane</i>&nbsp;<b>Doe</b> please"
      })
  void whatAReaderSeesSideBySideGoes(String html) {
    String message =
        "From: a@a.example\nMessage-ID: <1@a.example>\nContent-Type: text/html; charset=utf-8\n\n"
            + html
            + "\n";
    String left = left(message, passages("Jane Doe"));
    assertThat(left).doesNotContain("Jane", "Doe").contains("[redacted]", "please");
  }

  @Test
  void whatNobodySeesHidesNoPassage() {
    assertThat(
            left(
                "From: a@a.example\n"
                    + "Message-ID: <1@a.example>\n"
                    + "Content-Type: text/plain; charset=utf-8\n\n"
                    + "open\u00ad ses\u200bame!\n",
                passages("open sesame")))
        .endsWith("\n\n[redacted]!\n");
  }

  /** Written anew, a name must not swallow its neighbours. */
  @Test
  void namesGoAndAddressesStay() {
    String left =
        left(
            """
            From: a@a.example
            Message-ID: <1@a.example>
            To: =?utf-8?q?Jane_Secret=2C_M=C3=BCller?= <j@x.example>,
             Bob <b@y.example>

            Jane Secret
            """,
            passages("Jane Secret"));
    assertThat(new MessageParser().parse(raw(left)).to())
        .extracting(Person::name, Person::address)
        .containsExactly(tuple("[redacted], Müller", "j@x.example"), tuple("Bob", "b@y.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain; name=\"jane doe.txt\"",
        "In-Reply-To: Message from Jane Doe of Monday <0@a.example>",
        "X-Link: https://x.example/?u=Jane%20Doe"
      })
  void whatHoldsAMessageTogetherKeepsNoPassageSilently(String field) {
    String message = "From: a@a.example\nMessage-ID: <1@a.example>\n" + field + "\n\nJane Doe\n";
    assertThat(redactor.redact(raw(message), passages("Jane Doe")))
        .isInstanceOf(Redacted.Refused.class);
  }

  @Test
  void aCalendarThatCutsThePassageIsNotLeftBehind() {
    String message =
        """
        From: a@a.example
        Message-ID: <1@a.example>
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        The code is 481516.
        --b
        Content-Type: text/calendar

        DESCRIPTION:The code is 48
         1516 for all
        --b--
        """;
    assertThat(redactor.redact(raw(message), passages("481516")))
        .isInstanceOf(Redacted.Refused.class);
    assertThat(left(message, new Wish(List.of("481516"), Set.of("2"))))
        .doesNotContain("481516", "1516 for all");
  }

  /** Its tree would be some fifty times as large. */
  @Test
  void aPageTooLargeIsNotTakenApart() {
    String page =
        "<p>secret words</p>\n".repeat(3 << 20 >> 4).replaceFirst("words", "words of mine");
    String message =
        FILES.replace("text/plain\n\nCall me.", "text/html\n\n" + page).replace("Call me.", "");
    assertThat(redactor.redact(raw(message), passages("words of mine")))
        .isInstanceOf(Redacted.Refused.class);
    Redacted.Done done =
        (Redacted.Done) redactor.redact(raw(message), new Wish(List.of(), Set.of("2")));
    assertThat(done.splices()).as("the page is not touched").hasSizeLessThan(6);
  }

  @Test
  void saysIntoWhatNobodyLooked() {
    String message = FILES.replace("application/pdf; name=cv.pdf", "application/zip; name=all.zip");
    assertThat(redactor.redact(raw(message), passages("555 1234")))
        .isInstanceOfSatisfying(
            Redacted.Done.class,
            done -> assertThat(done.unread()).anyMatch(one -> one.contains("all.zip")));
    assertThat(redactor.redact(raw(message), new Wish(List.of(), Set.of("3"))))
        .isInstanceOfSatisfying(Redacted.Done.class, done -> assertThat(done.unread()).isEmpty());
  }

  @Test
  void textInAnotherCharsetKeepsHowItsLinesAreMeant() {
    byte[] text =
        "Content-Type: text/plain; charset=iso-2022-jp; format=flowed; delsp=yes\r\nMessage-ID: <1@a>\r\nFrom: a@a.example\r\n\r\n日本語 secret \r\nword\r\n"
            .getBytes(Charset.forName("iso-2022-jp"));
    Redacted.Done done =
        (Redacted.Done) redactor.redact(RawMessage.wrap(text), passages("日本語 secret"));
    assertThat(new String(done.message().toByteArray(), StandardCharsets.UTF_8))
        .contains("format=flowed; delsp=yes");
  }

  /** Marks of quoting are in passages too, and may not make the search endless. */
  @Test
  void marksOfQuotingAreNoWords() {
    String marks = "> ".repeat(2_000);
    String message = "From: a@a.example\nMessage-ID: <1@a.example>\n\n" + marks + "\nend zzz\n";
    assertThat(redactor.redact(raw(message), passages("> ".repeat(300) + "zzz")))
        .isInstanceOf(Redacted.Done.class);
    assertThat(redactor.redact(raw(message), passages("a " + "> ".repeat(300) + "zzz")))
        .isInstanceOf(Redacted.Refused.class);
  }

  @Test
  void aWishHasWords() {
    assertThat(new Wish(List.of("\u00a0\u00a0\u00a0"), Set.of()).problem()).isPresent();
    assertThat(new Wish(List.of("> > >"), Set.of()).problem()).isPresent();
    assertThat(new Wish(List.of("Redact"), Set.of()).problem()).isPresent();
    assertThat(new Wish(List.of(), Set.of()).problem()).isPresent();
    assertThat(new Wish(List.of("x".repeat(2_001)), Set.of()).problem()).isPresent();
    assertThat(new Wish(List.of("555 1234"), Set.of()).problem()).isEmpty();
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(redactor.redact(raw(FILES), passages("Call me", "no such words")))
        .isEqualTo(new Redacted.Refused("not-found", "The message does not have passage 2."));
    assertThat(redactor.redact(raw(FILES), new Wish(List.of(), Set.of("7"))))
        .isEqualTo(new Redacted.Refused("not-found", "The message has no attachment 7."));
  }

  @Test
  void aNameThatHoldsAPassageMustGoWithItsFile() {
    String message = FILES.replace("name=cv.pdf", "name*=utf-8''open%20sesame.pdf");
    assertThat(redactor.redact(raw(message), passages("open sesame")))
        .isInstanceOfSatisfying(
            Redacted.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("in-attachment"));
    String text = message.replace("Call me.", "It is open sesame.");
    assertThat(left(text, new Wish(List.of("open sesame"), Set.of("2"))))
        .doesNotContain("sesame")
        .startsWith("X-Milena-Redacted: 1 passage and 1 attachment\n");
  }

  /** Either the passage is gone for all our readers, or nothing is done. */
  @Test
  void nothingIsLeftInRealMail() {
    Random random = new Random(7);
    List<CorpusMessage> messages = Corpus.torture();
    int done = 0;
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      RawMessage message = messages.get(random.nextInt(messages.size())).message();
      ParsedMessage parsed = new MessageParser().parse(message);
      List<String> words = new ArrayList<>(List.of(parsed.text().whole().split("\\s+")));
      words.removeIf(word -> word.length() < 4);
      if (words.isEmpty()) {
        continue;
      }
      String passage = words.get(random.nextInt(words.size()));
      Redacted redacted = redactor.redact(message, passages(passage));
      if (redacted instanceof Redacted.Done(RawMessage left, List<Splice> splices, var _)) {
        done++;
        assertThat(Splice.apply(message, splices)).isEqualTo(left);
        ParsedMessage after = new MessageParser().parse(left);
        assertThat(after.text().whole().toLowerCase(Locale.ROOT))
            .doesNotContain(passage.toLowerCase(Locale.ROOT));
        assertThat(after.messageId()).isEqualTo(parsed.messageId());
        assertThat(after.references()).isEqualTo(parsed.references());
      } else {
        refused++;
      }
    }
    assertThat(done).isGreaterThan(10 * refused);
  }
}
