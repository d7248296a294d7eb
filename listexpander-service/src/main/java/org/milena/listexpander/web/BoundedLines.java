package org.milena.listexpander.web;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a text, of which none takes more memory than it may, however long it is. */
final class BoundedLines {
  private final Reader in;
  private final int limit;
  private boolean afterReturn;

  /**
   * @param in has a buffer of its own
   * @param limit characters of a line
   */
  BoundedLines(Reader in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * The next line without its end, which is CR, LF or both; null when there is none. Of a longer
   * line its beginning, one character longer than the limit.
   */
  @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    boolean any = false;
    for (int c = in.read(); c >= 0; c = in.read()) {
      boolean secondOfTwo = afterReturn && c == '\n' && !any;
      afterReturn = c == '\r';
      if (secondOfTwo) {
        continue;
      }
      if (c == '\r' || c == '\n') {
        return line.toString();
      }
      any = true;
      if (line.length() <= limit) {
        line.append((char) c);
      }
    }
    return any ? line.toString() : null;
  }
}
