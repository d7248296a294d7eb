package org.milena.archive.rendering;

/** Writes text into HTML: escaped, and web links as links. */
public final class Markup {
  private static final int MAX_URL = 2000;

  private Markup() {}

  static void escape(StringBuilder out, String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case 0 -> out.append('\uFFFD');
        default -> out.append(c);
      }
    }
  }

  /** Writes text that means nothing but itself, between tags and in quoted attributes alike. */
  public static void escape(StringBuilder out, String text) {
    escape(out, text, 0, text.length());
  }

  /** One line with its web links. */
  static void line(StringBuilder out, String text) {
    int done = 0;
    int at = text.indexOf("http");
    while (at >= 0) {
      int end = urlEnd(text, at);
      if (end > at) {
        escape(out, text, done, at);
        out.append("<a href=\"");
        escape(out, text, at, end);
        out.append("\" rel=\"nofollow noopener noreferrer ugc\">");
        escape(out, text, at, end);
        out.append("</a>");
        done = end;
      }
      at = text.indexOf("http", Math.max(end, at + 4));
    }
    escape(out, text, done, text.length());
  }

  /** After the last character of the link that begins here; {@code at} when none does. */
  private static int urlEnd(String text, int at) {
    int start;
    if (text.startsWith("https://", at)) {
      start = at + 8;
    } else if (text.startsWith("http://", at)) {
      start = at + 7;
    } else {
      return at;
    }
    if (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
      return at;
    }
    int end = start;
    int open = 0;
    while (end < text.length() && end - at < MAX_URL && isUrl(text.charAt(end))) {
      char c = text.charAt(end);
      if (c == '(') {
        open++;
      } else if (c == ')' && --open < 0) {
        break; // (see http://example.org/)
      }
      end++;
    }
    while (end > start && ".,;:!?'*_".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > start ? end : at;
  }

  private static boolean isUrl(char c) {
    return c > ' ' && c < 0x7F && "<>\"`{}|\\^".indexOf(c) < 0;
  }
}
