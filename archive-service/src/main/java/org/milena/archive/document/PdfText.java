package org.milena.archive.document;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF, page by page, in the order in which it was written. */
final class PdfText {

  static void read(byte[] content, BoundedText text) throws IOException {
    try (PDDocument document =
        Loader.loadPDF(content, "", null, null, IOUtils.createMemoryOnlyStreamCache())) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setLineSeparator("\n");
      stripper.setPageEnd("\n");
      stripper.writeText(document, text);
    } catch (InvalidPasswordException e) {
      throw new IOException("it is encrypted", e);
    }
  }

  private PdfText() {}
}
