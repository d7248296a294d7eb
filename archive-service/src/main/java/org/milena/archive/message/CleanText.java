package org.milena.archive.message;

/** Text from outside, so that JSON, HTML and terminals can hold it. */
public final class CleanText {

  /**
   * Lines end in LF; control characters and lone surrogates are gone; at most {@code max}
   * characters.
   */
  public static String lines(String text, int max) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
    for (int i = 0; i < text.length() && clean.length() < max; i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
          clean.append('\n');
        }
      } else if (Character.isHighSurrogate(c)) {
        if (i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
          if (clean.length() + 2 > max) {
            break;
          }
          clean.append(c).append(text.charAt(++i));
        } else {
          clean.append('\uFFFD');
        }
      } else if (Character.isLowSurrogate(c)) {
        clean.append('\uFFFD');
      } else if (c == '\n' || c == '\t' || !isControl(c)) {
        clean.append(c);
      }
    }
    return clean.toString();
  }

  /**
   * One line: white space runs become one space, and marks that turn the direction of writing are
   * gone too ({@code invoice\u202Efdp.exe} looks like {@code invoiceexe.pdf}).
   */
  public static String line(String text, int max) {
    String lines = lines(text, Math.min(text.length(), max * 4));
    StringBuilder clean = new StringBuilder(Math.min(lines.length(), max));
    boolean space = false;
    for (int i = 0; i < lines.length(); ) {
      int c = lines.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\n' || c == '\t' || c == ' ' || c == 0x85 || c == 0x2028 || c == 0x2029) {
        space = !clean.isEmpty();
      } else if (!turnsWriting(c)) {
        int needed = Character.charCount(c) + (space ? 1 : 0);
        if (clean.length() + needed > max) {
          break;
        }
        if (space) {
          clean.append(' ');
          space = false;
        }
        clean.appendCodePoint(c);
      }
    }
    return clean.toString();
  }

  private static boolean isControl(char c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
  }

  private static boolean turnsWriting(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F;
  }

  private CleanText() {}
}
