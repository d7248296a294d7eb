package org.milena.archive.document;

import java.io.IOException;
import org.milena.archive.extract.DocumentKind;
import org.milena.archive.extract.ReadingOutcome;
import org.milena.archive.extract.ReadingOutcome.Read;
import org.milena.archive.extract.ReadingOutcome.Unread;

/** Reads documents of any kind. */
public final class Documents {

  /** Reads one. Errors of the machine pass through: memory that is not enough ends the process. */
  public static ReadingOutcome read(DocumentKind kind, byte[] content, int maxCharacters) {
    BoundedText text = new BoundedText(maxCharacters);
    try {
      switch (kind) {
        case PDF -> PdfText.read(content, text);
        case OFFICE -> OfficeText.read(content, text);
        case RTF -> new RtfText(content, text).read();
      }
      return new Read(text.toString(), true);
    } catch (BoundedText.FullException _) {
      return new Read(text.toString(), false);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // RuntimeException too: readers of other people's documents have bugs
      return new Unread(reason(e));
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  private Documents() {}
}
