package org.milena.archive.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTypeTest {

  @ParameterizedTest
  @CsvSource({
    "%PDF-1.7, x, application/pdf",
    "{\\rtf1, x, application/rtf",
    "GIF89a..., x, image/gif",
    "PK\u0003\u0004.., x.docx,"
        + " application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "PK\u0003\u0004[Content_Types].xml xl/workbook.xml, x,"
        + " application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "PK\u0003\u0004.., x.zip, application/zip",
    "PK\u0003\u0004..mimetypeapplication/vnd.oasis.opendocument.textPK, x.zip,"
        + " application/vnd.oasis.opendocument.text",
    "' <!DOCTYPE html><p>', x, text/html",
    "MZ..., x, application/vnd.microsoft.portable-executable",
    "hello, x.pdf, text/plain"
  })
  void tellsByTheFirstOctets(String head, String name, String type) {
    assertThat(FileType.of(head.getBytes(StandardCharsets.ISO_8859_1), name)).contains(type);
  }

  @ParameterizedTest
  @CsvSource({"'', x.pdf", "\u0001\u0002, x.pdf"})
  void saysNothingWhereItDoesNotKnow(String head, String name) {
    assertThat(FileType.of(head.getBytes(StandardCharsets.ISO_8859_1), name)).isEmpty();
  }
}
