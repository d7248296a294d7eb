package org.milena.archive.rendering;

import java.util.List;

/** Lines that are no patch: quotes by depth, long ones folded away, the signature apart. */
final class ProseRendering {
  private static final int MAX_QUOTE_DEPTH = 8;

  /** Quotes of more lines than this are folded. */
  private static final int FOLDED_LINES = 14;

  private final StringBuilder out;
  private final RenderingWords words;
  private int depth;
  private boolean inBlock;
  private boolean foldOpen;
  private boolean inSignature;

  ProseRendering(StringBuilder out, RenderingWords words) {
    this.out = out;
    this.words = words;
  }

  void render(String text) {
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
      Markup.line(out, depth == 0 ? line : line.substring(content));
    }
    closeBlock();
    quoteTo(0, 0);
    if (inSignature) {
      out.append("</div>");
    }
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
        out.append("<details class=\"fold\"><summary>");
        Markup.escape(out, words.quotedLines(run));
        out.append("</summary>");
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
}
