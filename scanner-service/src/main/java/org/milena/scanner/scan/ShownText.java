package org.milena.scanner.scan;

/**
 * Text of a stranger, made safe for a report: what is invisible or turns the direction of reading
 * is written as an escape, and it is cut. Marking up is left to whoever shows it.
 */
public final class ShownText {

  private static final int LONGEST = 200;

  private ShownText() {}

  /** The text as it may be shown. */
  public static String of(String text) {
    var shown = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> append(c, shown));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      shown.append('…');
    }
    return shown.toString();
  }

  private static void append(int c, StringBuilder shown) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          shown.append(String.format("\\u{%x}", c));
      default -> shown.appendCodePoint(c);
    }
  }
}
