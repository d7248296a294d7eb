package org.milena.common.header;

/**
 * Text that a stranger chose, made safe to show: on one line, and with nothing in it that is not
 * seen but changes how the rest is.
 */
public final class OneLine {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /**
   * Makes one space of each run of spaces, controls, format characters (among them those that turn
   * the direction), line and paragraph separators, and halves of surrogate pairs. The joiners,
   * which Persian and Indic names and many emoji are written with, stay.
   *
   * @param most so many characters, then an ellipsis; a surrogate pair is never cut in two
   */
  public static String of(String text, int most) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), most) + 2);
    boolean space = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isGap(c)) {
        space = !line.isEmpty();
        continue;
      }
      if (line.length() + (space ? 1 : 0) + Character.charCount(c) > most) {
        return line.append('…').toString();
      }
      if (space) {
        line.append(' ');
        space = false;
      }
      line.appendCodePoint(c);
    }
    return line.toString();
  }

  private static boolean isGap(int c) {
    return c != ZERO_WIDTH_NON_JOINER && c != ZERO_WIDTH_JOINER && isInvisible(c);
  }

  private static boolean isInvisible(int c) {
    return c == ' '
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              true;
          default -> false;
        };
  }

  private OneLine() {}
}
