package org.milena.archive.message;

/** The first words that an author wrote: no quotes, no line that announces one, no signature. */
public final class Excerpt {
  private static final int MAX = 240;

  /** At most {@value #MAX} characters on one line; may be empty. */
  public static String of(String text) {
    StringBuilder words = new StringBuilder();
    String[] lines = text.substring(0, Math.min(text.length(), 20_000)).split("\n", -1);
    for (int i = 0; i < lines.length && words.length() < MAX * 2; i++) {
      String line = lines[i].strip();
      if (line.equals("--")) {
        break;
      }
      boolean announces =
          line.endsWith(":")
              && i + 1 < lines.length
              && (isQuote(lines[i + 1]) || (lines[i + 1].isBlank() && quoteFollows(lines, i + 2)));
      if (!isQuote(lines[i]) && !announces && !line.isEmpty()) {
        words.append(line).append(' ');
      }
    }
    String whole = CleanText.line(words.toString(), MAX * 3);
    if (whole.length() <= MAX) {
      return whole;
    }
    // not within a word: half an address is none that could be hidden
    int end = MAX;
    while (end > 0 && !Character.isWhitespace(whole.charAt(end))) {
      end--;
    }
    return whole.substring(0, end).strip() + "…";
  }

  private static boolean quoteFollows(String[] lines, int at) {
    return at < lines.length && isQuote(lines[at]);
  }

  private static boolean isQuote(String line) {
    return LineMarks.isQuoted(line, 1);
  }

  private Excerpt() {}
}
