package org.milena.archive.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFTextBox;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.milena.common.mail.RawMessage;

/** Documents as other programs write them, and hostile ones. */
public final class SampleDocuments {

  /** One page with a line. */
  public static byte[] pdf(String line) throws IOException {
    return pdf(line, "");
  }

  static byte[] pdf(String line, String password) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(FontName.HELVETICA), 12);
        content.newLineAtOffset(50, 700);
        content.showText(line);
        content.endText();
      }
      if (!password.isEmpty()) {
        document.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  /** Two paragraphs and a table. */
  public static byte[] docx(String line) throws IOException {
    try (XWPFDocument document = new XWPFDocument()) {
      document.createParagraph().createRun().setText(line);
      document.createParagraph().createRun().setText("second paragraph");
      var table = document.createTable(1, 2);
      table.getRow(0).getCell(0).setText("left");
      table.getRow(0).getCell(1).setText("right");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.write(out);
      return out.toByteArray();
    }
  }

  static byte[] xlsx(String line) throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      XSSFRow row = book.createSheet("one").createRow(0);
      row.createCell(0).setCellValue(line);
      row.createCell(1).setCellValue(4711);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      book.write(out);
      return out.toByteArray();
    }
  }

  static byte[] pptx(String line) throws IOException {
    try (XMLSlideShow show = new XMLSlideShow()) {
      XSLFTextBox box = show.createSlide().createTextBox();
      box.setText(line);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      show.write(out);
      return out.toByteArray();
    }
  }

  static byte[] odt(String body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      byte[] type = ascii("application/vnd.oasis.opendocument.text");
      ZipEntry first = new ZipEntry("mimetype");
      first.setMethod(ZipEntry.STORED);
      first.setSize(type.length);
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      crc.update(type);
      first.setCrc(crc.getValue());
      zip.putNextEntry(first);
      zip.write(type);
      zip.putNextEntry(new ZipEntry("content.xml"));
      zip.write(
          ascii(
              "<?xml version=\"1.0\"?><office:document-content"
                  + " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
                  + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">"
                  + "<office:styles>style</office:styles><office:body><office:text>"
                  + body
                  + "</office:text></office:body></office:document-content>"));
    }
    return out.toByteArray();
  }

  /** Half a gigabyte of text in half a megabyte. */
  public static byte[] bomb() throws IOException {
    return zip("word/document.xml", "<w:document xmlns:w=\"w\">", " ".repeat(1 << 20), 512);
  }

  static byte[] zip(String name, String begin, String piece, int times) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(ascii(begin));
      byte[] octets = ascii(piece);
      for (int i = 0; i < times; i++) {
        zip.write(octets);
      }
    }
    return out.toByteArray();
  }

  /** A mail that has this file attached. */
  public static RawMessage mail(String name, String type, byte[] content) {
    String text =
        "Message-ID: <a@example.org>\r\nSubject: see\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee\r\n--b\r\n"
            + "Content-Type: "
            + type
            + "\r\nContent-Disposition: attachment; filename=\""
            + name
            + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(content)
            + "\r\n--b--\r\n";
    return RawMessage.wrap(ascii(text));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private SampleDocuments() {}
}
