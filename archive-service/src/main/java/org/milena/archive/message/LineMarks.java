package org.milena.archive.message;

/**
 * The marks that people and programs put before lines: what begins a quote, how deep it is, what
 * begins a signature. The one place that says so; what a block of lines is in the end is found by
 * more than these ({@link TextBlock.Kind}).
 */
public final class LineMarks {

  /** Whether it is marked as quoted, behind so many spaces at most. */
  static boolean isQuoted(String line, int spaces) {
    int at = 0;
    while (at < spaces && at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at < line.length() && line.charAt(at) == '>';
  }

  /**
   * How deep the line is quoted: the marks before its content ({@code > >> text} has three); 0
   * where it does not begin with one.
   */
  public static int depth(String line) {
    int content = content(line);
    int marks = 0;
    for (int i = 0; i < content; i++) {
      marks += line.charAt(i) == '>' ? 1 : 0;
    }
    return marks;
  }

  /** Where the content behind the quote marks begins, and one space behind them. */
  public static int content(String line) {
    int end = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '>') {
        end = i + 1;
      } else if (c != ' ' || end == 0 || i > end) {
        break;
      }
    }
    return end > 0 && end < line.length() && line.charAt(end) == ' ' ? end + 1 : end;
  }

  /** Whether it is the line above a signature (RFC 3676 section 4.3), with or without its space. */
  public static boolean isSignature(String line) {
    return line.equals("-- ") || line.equals("--");
  }

  private LineMarks() {}
}
