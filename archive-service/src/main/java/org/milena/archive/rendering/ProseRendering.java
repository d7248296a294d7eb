package org.milena.archive.rendering;

import java.util.List;
import org.milena.archive.message.LineMarks;

/**
 * Lines that are no patch: quotes by depth, long ones folded away, the signature apart.
 *
 * <p>By the marks of each line, which blocks do not tell: how deep a quote is, where one of another
 * depth begins. Nor are all quoted blocks shown as such: the line that says who is quoted, and a
 * message below an answer that bears no marks, stay text.
 */
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
      int quoted = Math.min(LineMarks.depth(line), MAX_QUOTE_DEPTH);
      if (quoted == 0 && depth == 0 && !inSignature && LineMarks.isSignature(line)) {
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
      Markup.line(out, depth == 0 ? line : line.substring(LineMarks.content(line)));
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
    while (to < lines.size() && LineMarks.depth(lines.get(to)) > 0) {
      to++;
    }
    return to - from;
  }
}
