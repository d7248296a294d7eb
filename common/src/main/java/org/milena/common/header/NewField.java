package org.milena.common.header;

import java.nio.charset.StandardCharsets;

/** Writes fields of our own (RFC 5322 section 2.2), checked so that each stays one field. */
final class NewField {

  /** Where lines should end (RFC 5322 section 2.1.1). */
  private static final int MAX_COLUMN = 78;

  private NewField() {}

  static HeaderField folded(String name, String value, String lineEnd) {
    checkName(name);
    String plain = value.strip();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '\r' || c == '\n' || c == '\0') {
        throw new IllegalArgumentException("value of field " + name + " has a line break or NUL");
      }
    }
    String encoded = EncodedWords.encodeFor(name, plain);
    return field(name, fold(name.length() + 2, encoded, lineEnd), lineEnd);
  }

  static HeaderField raw(String name, String value, String lineEnd) {
    checkName(name);
    String lines = value.replace("\r\n", "\n");
    for (int i = 0; i < lines.length(); i++) {
      char c = lines.charAt(i);
      boolean fold =
          c == '\n'
              && i + 1 < lines.length()
              && (lines.charAt(i + 1) == ' ' || lines.charAt(i + 1) == '\t');
      if (c == '\r' || c == '\0' || (c == '\n' && !fold)) {
        throw new IllegalArgumentException(
            "value of field " + name + " has NUL or a line break that is no fold");
      }
    }
    return field(name, lines.replace("\n", lineEnd), lineEnd);
  }

  private static HeaderField field(String name, String value, String lineEnd) {
    byte[] bytes = (name + ": " + value + lineEnd).getBytes(StandardCharsets.UTF_8);
    return new HeaderField(bytes, 0, name.length(), name.length(), bytes.length);
  }

  private static void checkName(String name) {
    boolean legal = !name.isEmpty() && name.length() < MAX_COLUMN - 2;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      legal &= c > ' ' && c < 0x7F && c != ':';
    }
    if (!legal) {
      throw new IllegalArgumentException("not the name of a header field (RFC 5322 section 2.2)");
    }
  }

  /**
   * Breaks before white space, never so that a line would consist of white space only: such a line
   * ends the header for some readers. A word longer than the line stays whole.
   */
  private static String fold(int firstColumn, String value, String lineEnd) {
    if (firstColumn + value.length() <= MAX_COLUMN) {
      return value;
    }
    var folded = new StringBuilder(value.length() + 64);
    int lineStart = 0;
    int column = firstColumn;
    int candidate = -1;
    for (int i = 1; i < value.length(); i++) {
      if (isSpace(value.charAt(i)) && !isSpace(value.charAt(i - 1))) {
        if (candidate > 0 && column + i - lineStart > MAX_COLUMN) {
          folded.append(value, lineStart, candidate).append(lineEnd);
          lineStart = candidate;
          column = 0;
        }
        candidate = i;
      }
    }
    if (candidate > lineStart && column + value.length() - lineStart > MAX_COLUMN) {
      folded.append(value, lineStart, candidate).append(lineEnd);
      lineStart = candidate;
    }
    return folded.append(value, lineStart, value.length()).toString();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
