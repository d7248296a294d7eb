package org.milena.archive.message;

import java.util.List;

/**
 * Plain text as HTML: quotes by depth, long ones folded away, web links, the signature apart.
 *
 * <p>All text is escaped; the only markup is {@code div}, {@code details}, {@code summary}, {@code
 * blockquote} and {@code a} with an {@code http} or {@code https} target, written here. Takes time
 * in proportion to the text.
 */
public final class TextRendering {
  private static final int MAX_QUOTE_DEPTH = 8;

  /** Quotes of more lines than this are folded. */
  private static final int FOLDED_LINES = 14;

  private static final int MAX_URL = 2000;

  private final StringBuilder out = new StringBuilder();
  private int depth;
  private boolean inBlock;
  private boolean foldOpen;
  private boolean inSignature;

  private TextRendering() {}

  /** The text, lines ending in LF. */
  public static SafeHtml of(String text) {
    return new SafeHtml(new TextRendering().render(text));
  }

  private String render(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int content = quoteMarks(line);
      int quoted = Math.min(depthOf(line, content), MAX_QUOTE_DEPTH);
      if (quoted == 0 && depth == 0 && !inSignature && isSignature(line)) {
        closeBlock();
        out.append("<div class=\"signature\">");
        inSignature = true;
      }
      if (quoted != depth) {
        closeBlock();
        quoteTo(quoted, depth == 0 ? runOfQuotes(lines, i) : 0);
      }
      if (inBlock) {
        out.append('\n');
      } else {
        out.append("<div class=\"text\">");
        inBlock = true;
      }
      line(depth == 0 ? line : line.substring(content));
    }
    closeBlock();
    quoteTo(0, 0);
    if (inSignature) {
      out.append("</div>");
    }
    return out.toString();
  }

  private void quoteTo(int target, int run) {
    boolean folded = run > FOLDED_LINES;
    while (depth > target) {
      out.append("</blockquote>");
      depth--;
      if (depth == 0 && foldOpen) {
        out.append("</details>");
        foldOpen = false;
      }
    }
    while (depth < target) {
      if (depth == 0 && folded) {
        out.append("<details class=\"fold\"><summary>")
            .append(run)
            .append(" quoted lines</summary>");
        foldOpen = true;
      }
      out.append("<blockquote class=\"quote\">");
      depth++;
    }
  }

  private void closeBlock() {
    if (inBlock) {
      out.append("</div>");
      inBlock = false;
    }
  }

  private static int runOfQuotes(List<String> lines, int from) {
    int to = from;
    while (to < lines.size() && depthOf(lines.get(to), quoteMarks(lines.get(to))) > 0) {
      to++;
    }
    return to - from;
  }

  /** Where the content behind the quote marks begins: {@code > > text}. */
  private static int quoteMarks(String line) {
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

  private static int depthOf(String line, int content) {
    int marks = 0;
    for (int i = 0; i < content; i++) {
      marks += line.charAt(i) == '>' ? 1 : 0;
    }
    return marks;
  }

  private static boolean isSignature(String line) {
    return line.equals("-- ") || line.equals("--");
  }

  private void line(String text) {
    int done = 0;
    int at = text.indexOf("http");
    while (at >= 0) {
      int end = urlEnd(text, at);
      if (end > at) {
        escape(text, done, at);
        out.append("<a href=\"");
        escape(text, at, end);
        out.append("\" rel=\"nofollow noopener noreferrer ugc\">");
        escape(text, at, end);
        out.append("</a>");
        done = end;
      }
      at = text.indexOf("http", Math.max(end, at + 4));
    }
    escape(text, done, text.length());
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

  private void escape(String text, int from, int to) {
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
}
