package org.milena.archive.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.document.SampleDocuments.ascii;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.archive.extract.DocumentKind;
import org.milena.archive.extract.FileType;
import org.milena.archive.extract.ReadingOutcome;
import org.milena.archive.extract.ReadingOutcome.Read;
import org.milena.archive.extract.ReadingOutcome.Unread;

/** Against documents that PDFBox and Apache POI write. */
class DocumentsTest {

  private static String read(byte[] document) {
    DocumentKind kind = DocumentKind.of(FileType.of(document, "").orElseThrow()).orElseThrow();
    ReadingOutcome outcome = Documents.read(kind, document, 1 << 18);
    assertThat(outcome).isInstanceOf(Read.class);
    assertThat(((Read) outcome).whole()).isTrue();
    return ((Read) outcome).text();
  }

  @Test
  void pdf() throws IOException {
    assertThat(read(SampleDocuments.pdf("The quarterly figures")))
        .contains("The quarterly figures");
    assertThat(Documents.read(DocumentKind.PDF, SampleDocuments.pdf("x", "secret"), 100))
        .isEqualTo(new Unread("it is encrypted"));
  }

  @Test
  void officeOpenXml() throws IOException {
    assertThat(read(SampleDocuments.docx("first paragraph")))
        .isEqualTo("first paragraph\nsecond paragraph\nleft\n\tright\n\t\n");
    assertThat(read(SampleDocuments.xlsx("a name"))).contains("a name", "4711");
    assertThat(read(SampleDocuments.pptx("a slide"))).contains("a slide");
  }

  @Test
  void openDocument() throws IOException {
    assertThat(
            read(
                SampleDocuments.odt(
                    "<text:h>Title</text:h><text:tracked-changes>gone</text:tracked-changes>"
                        + "<text:p>one<text:s/>two<text:tab/>three<text:line-break/>four</text:p>")))
        .isEqualTo("Title\none two\tthree\nfour\n");
  }

  @Test
  void rtf() {
    String rtf =
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}\\f0 Gr\\'fc\\'dfe,"
            + " \\u8364 ?uro \\uc2\\u9731 ab\\uc1 !\\par {\\b bold}\\tab \\{x\\}\n{\\pict 0a0b}}";
    assertThat(read(ascii(rtf))).isEqualTo("Grüße, €uro ☃!\nbold\t{x}");
  }

  @Test
  void textIsBounded() throws IOException {
    assertThat(Documents.read(DocumentKind.OFFICE, SampleDocuments.docx("first paragraph"), 5))
        .isEqualTo(new Read("first", false));
    assertThat(Documents.read(DocumentKind.PDF, SampleDocuments.pdf("first"), 3))
        .isEqualTo(new Read("fir", false));
  }

  @Test
  void bombsAreFoundOut() throws IOException {
    assertThat(Documents.read(DocumentKind.OFFICE, SampleDocuments.bomb(), 1 << 18))
        .isEqualTo(new Unread("it unpacks to more than 256 MiB"));
    // deep rather than large
    byte[] deep = SampleDocuments.zip("content.xml", "<a>", "<b>".repeat(1 << 16), 64);
    assertThat(Documents.read(DocumentKind.OFFICE, deep, 1 << 18)).isInstanceOf(Unread.class);
    byte[] groups = ascii("{\\rtf1 " + "{".repeat(1 << 20));
    assertThat(Documents.read(DocumentKind.RTF, groups, 1 << 18)).isInstanceOf(Unread.class);
  }

  @Test
  void nothingIsFetched() throws IOException {
    byte[] evil =
        SampleDocuments.zip(
            "content.xml",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><body>&x;",
            "</body>",
            1);
    ReadingOutcome outcome = Documents.read(DocumentKind.OFFICE, evil, 1 << 18);
    if (outcome instanceof Read read) {
      assertThat(read.text()).doesNotContain("root");
    }
  }

  @Test
  void neverThrowsOnDocumentsThatAreCutOrChanged() throws IOException {
    Random random = new Random(3);
    List<byte[]> documents =
        List.of(
            SampleDocuments.pdf("text"),
            SampleDocuments.docx("text"),
            SampleDocuments.xlsx("text"),
            SampleDocuments.odt("<text:p>text</text:p>"),
            ascii("{\\rtf1\\ansi \\u8364 ?\\'fc}"));
    for (byte[] document : documents) {
      for (DocumentKind kind : DocumentKind.values()) {
        for (int round = 0; round < 60; round++) {
          byte[] changed = java.util.Arrays.copyOf(document, 1 + random.nextInt(document.length));
          for (int i = 0; i < round % 5; i++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
          }
          assertThat(Documents.read(kind, changed, 1000)).isNotNull();
        }
      }
    }
  }
}
