package org.milena.archive.document;

import java.io.IOException;
import java.io.Writer;

/** Takes text until it is full. */
final class BoundedText extends Writer {

  /** There is as much text as may be. */
  static final class FullException extends IOException {
    private static final long serialVersionUID = 1;

    FullException() {
      super("the text is full");
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final int max;

  BoundedText(int max) {
    this.max = max;
  }

  @Override
  public void write(char[] characters, int from, int length) throws FullException {
    int room = Math.min(length, max - text.length());
    text.append(characters, from, room);
    if (room < length) {
      throw new FullException();
    }
  }

  /** Ends the line, if there is one. */
  void line() throws IOException {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      write('\n');
    }
  }

  @Override
  public void flush() {
    // nothing is held back
  }

  @Override
  public void close() {
    // nothing is open
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
