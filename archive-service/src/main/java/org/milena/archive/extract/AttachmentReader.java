package org.milena.archive.extract;

import org.milena.archive.extract.ReadingOutcome.Unread;

/** Reads the text of documents. Safe for use by several threads. */
public interface AttachmentReader {

  /** Reads none, and no defect says so: extraction is switched off. */
  AttachmentReader NONE = new Off();

  /** The largest document that is read, in octets; 0 where none is. */
  int maxSize();

  /**
   * Reads one document. Takes bounded time, and never throws because of what the document holds.
   *
   * @param maxCharacters of text, at most
   */
  ReadingOutcome read(DocumentKind kind, byte[] content, int maxCharacters);

  /** What {@link #NONE} is. */
  final class Off implements AttachmentReader {
    private Off() {}

    @Override
    public int maxSize() {
      return 0;
    }

    @Override
    public ReadingOutcome read(DocumentKind kind, byte[] content, int maxCharacters) {
      return new Unread("attachments are not read here");
    }
  }
}
