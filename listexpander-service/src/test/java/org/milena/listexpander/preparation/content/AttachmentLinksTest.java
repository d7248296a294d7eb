package org.milena.listexpander.preparation.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

class AttachmentLinksTest {
  private static final String HEAD =
      "From: a@a.example\nContent-Type: multipart/mixed; boundary=b\n\n";
  private static final String TEXT = "--b\n\ntext\n";
  private static final String PDF =
      "--b\nContent-Type: application/pdf; name=\"r.pdf\"\n"
          + "Content-Transfer-Encoding: base64\n\naGVsbG8=\n";

  private static AttachmentLinks.Linked linked(String message, long least) {
    return AttachmentLinks.in(Fixtures.message(message), least, AttachmentLinksTest::words);
  }

  private static String words(LinkedAttachment found) {
    return "[%s %s %s %d]\n".formatted(found.part(), found.name(), found.type(), found.size());
  }

  private static String text(RawMessage message) {
    return new String(message.unsafeBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aFewLinesStandInThePlaceOfAnAttachment() {
    AttachmentLinks.Linked linked = linked(HEAD + TEXT + PDF + "--b--\n", 0);
    assertThat(linked.count()).isEqualTo(1);
    assertThat(text(linked.message()))
        .isEqualTo(
            (HEAD
                    + TEXT
                    + "--b\nContent-Type: text/plain; charset=utf-8\n"
                    + "Content-Transfer-Encoding: 7bit\n\n[2 r.pdf application/pdf 5]\n\n--b--\n")
                .replace("\n", "\r\n"));
  }

  @Test
  void partsAreNumberedAsTheArchiveDoes() {
    String inner =
        "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\ninner\n"
            + PDF.replace("--b", "--c")
            + "--c--\n";
    assertThat(text(linked(HEAD + TEXT + inner + PDF + "--b--\n", 0).message()))
        .contains("[2.2 r.pdf application/pdf 5]")
        .contains("[3 r.pdf application/pdf 5]");
    String alone = "From: a@a.example\nContent-Type: image/png; name=x.png\n\nPNG\n";
    assertThat(text(linked(alone, 0).message()))
        .isEqualTo(
            ("From: a@a.example\n"
                    + "Content-Type: text/plain; charset=utf-8\n"
                    + "Content-Transfer-Encoding: 7bit\n"
                    + "MIME-Version: 1.0\n\n"
                    + "[1 x.png image/png 5]\n")
                .replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource({"5, 1", "6, 0", "0, 1"})
  void whatIsSmallerThanTheListWantsStays(long least, int count) {
    assertThat(linked(HEAD + TEXT + PDF + "--b--\n", least).count()).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type: application/pgp-signature; name=s.asc\\n\\nx",
        "Content-Type: application/pkcs7-signature; name=s.p7s\\n\\nx",
        "Content-Type: application/x-pkcs7-mime; name=s.p7m\\n\\nx",
        "Content-Type: text/calendar\\n\\nx",
        "Content-Type: text/x-patch; name=a.patch\\nContent-Disposition: inline\\n\\nx",
        "Content-Type: message/rfc822\\n\\nSubject: x\\n\\nx",
        "Content-Type: image/png\\nContent-ID: <A@b>\\n\\nx\\n--b\\nContent-Type:"
            + " text/html\\n\\n<img src='cid:a%40b'>",
        "Content-Type: image/png\\nContent-ID: <a+c@b>\\n\\nx\\n--b\\nContent-Type:"
            + " text/html\\n\\n<img src='cid:%61%2Bc@b'>",
        "Content-Type: image/png\\nContent-ID: <a&c@b>\\n\\nx\\n--b\\nContent-Type:"
            + " text/html\\n\\n<img src='cid:a&amp;c@b'>",
        "Content-Type: image/png\\nContent-ID: <a%40c@b>\\n\\nx\\n--b\\nContent-Type:"
            + " text/html\\n\\n<img src='cid:a%40c@b'>",
        "Content-Type: multipart/related; boundary=r\\n\\n--r\\nContent-Type:"
            + " text/html\\n\\nx\\n--r\\nContent-Type: image/png; name=x.png\\n\\nx\\n--r--",
        "Content-Type: multipart/alternative; boundary=r\\n\\n--r\\n\\nx\\n--r\\n"
            + "Content-Type: application/x-other; name=x\\n\\nx\\n--r--",
        "Content-Type: multipart/signed; boundary=r\\n\\n--r\\n"
            + "Content-Type: application/pdf; name=x\\n\\nx\\n--r\\n"
            + "Content-Type: application/pgp-signature\\n\\nx\\n--r--",
        "Content-Type: multipart/encrypted; boundary=r\\n\\n--r\\n"
            + "Content-Type: application/pgp-encrypted\\n\\nx\\n--r\\n"
            + "Content-Type: application/octet-stream; name=x.asc\\n\\nx\\n--r--",
        "Content-Type: application/pdf; name=x.pdf\\n\\n",
        "Content-Type: application/pdf; name=x.pdf\\nContent-Transfer-Encoding: x-uu\\n\\nx"
      })
  void staysWhereItIs(String part) {
    String message = HEAD + TEXT + "--b\n" + part.replace("\\n", "\n") + "\n--b--\n";
    AttachmentLinks.Linked linked = linked(message, 0);
    assertThat(linked.count()).isZero();
    assertThat(linked.message()).isEqualTo(Fixtures.message(message));
  }

  @Test
  void textAndMessagesThatSayTheyAreAttachedBecomeLinks() {
    String attached = "\nContent-Disposition: attachment; filename=\"../a b.txt\"\n\nx\n";
    AttachmentLinks.Linked linked =
        linked(
            HEAD
                + TEXT
                + "--b\nContent-Type: text/plain"
                + attached
                + "--b\nContent-Type: message/rfc822"
                + attached
                + "--b--\n",
            0);
    assertThat(linked.count()).isEqualTo(2);
    assertThat(text(linked.message())).contains("[2 a b.txt text/plain 1]");
  }

  /** Names of strangers bring no lines. */
  @Test
  void aNameIsOneLine() {
    String message =
        HEAD
            + TEXT
            + "--b\nContent-Type: application/pdf\nContent-Disposition: attachment;\n"
            + " filename*=utf-8''a%0D%0Ahttps%3A%2F%2Fevil%0A%C3%A9.pdf\n\nx\n--b--\n";
    assertThat(text(linked(message, 0).message()).lines().filter(line -> line.startsWith("[")))
        .hasSize(1);
  }

  @TestFactory
  Stream<DynamicTest> everyOtherPartKeepsItsOctets() {
    return Stream.concat(
            Corpus.torture().stream(),
            Stream.of("tomoyo-users-en", "usrp-users-part1")
                .flatMap(list -> Corpus.list(list).stream()))
        .map(mail -> DynamicTest.dynamicTest(mail.name(), () -> onlyAttachmentsDiffer(mail)));
  }

  private static void onlyAttachmentsDiffer(CorpusMessage mail) {
    RawMessage before = mail.withCrlf();
    List<String> replaced = new ArrayList<>();
    AttachmentLinks.Linked linked =
        AttachmentLinks.in(
            before,
            0,
            found -> {
              replaced.add(found.part());
              return words(found);
            });
    assertThat(replaced).doesNotHaveDuplicates().hasSize(linked.count());
    if (replaced.isEmpty()) {
      assertThat(linked.message()).isEqualTo(before);
      return;
    }
    List<String> was = new ArrayList<>();
    List<String> is = new ArrayList<>();
    leaves(before, MimeReader.read(before).orElseThrow(), "", replaced, was);
    leaves(linked.message(), MimeReader.read(linked.message()).orElseThrow(), "", replaced, is);
    assertThat(is).isEqualTo(was);
  }

  /** Number and octets of each part, header included; of those that are replaced the number. */
  private static void leaves(
      RawMessage message,
      MimePart part,
      String number,
      List<String> replaced,
      List<String> leaves) {
    if (replaced.contains(number.isEmpty() ? "1" : number)) {
      leaves.add(number);
      return;
    }
    if (part.children.isEmpty() || !part.isMultipart()) {
      leaves.add(
          number
              + new String(
                  Arrays.copyOfRange(message.unsafeBytes(), part.start, part.end),
                  StandardCharsets.ISO_8859_1));
      return;
    }
    for (int i = 0; i < part.children.size(); i++) {
      String own = number.isEmpty() ? Integer.toString(i + 1) : number + "." + (i + 1);
      leaves(message, part.children.get(i), own, replaced, leaves);
    }
  }
}
