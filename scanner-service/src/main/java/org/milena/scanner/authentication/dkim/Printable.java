package org.milena.scanner.authentication.dkim;

import java.nio.charset.StandardCharsets;

/** Text of strangers, made fit for reports and logs. */
public final class Printable {

  private Printable() {}

  /** The first characters, with a question mark for each that cannot be seen. */
  public static String text(String text, int max) {
    var clean = new StringBuilder(Math.min(text.length(), max));
    for (int i = 0; i < text.length() && clean.length() < max; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      clean.appendCodePoint(isVisible(c) ? c : '?');
    }
    return clean.length() > max ? clean.substring(0, max - 1) : clean.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** What octets read as ISO 8859-1 say as UTF-8. */
  static String utf8(String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      if (latin1.charAt(i) > 0x7F) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return latin1;
  }
}
