package org.milena.archive.message;

import org.milena.archive.message.TextBlock.Kind;

/**
 * Tells the lines of a text apart: new, quoted, signature, patch.
 *
 * <p>One pass over the lines. Each form looks a bounded number of lines ahead or back, so the time
 * is in proportion to the text. A line that fits no form is new: better a quote too much in the new
 * text than an author's words among the quotes.
 */
final class TextSplitter {
  private final TextLines lines;
  private final DiffLines diffs;
  private final QuoteLines quotes;
  private final EndLines ends;

  private TextSplitter(TextLines lines) {
    this.lines = lines;
    this.diffs = new DiffLines(lines);
    this.quotes = new QuoteLines(lines);
    this.ends = new EndLines(lines);
  }

  /** Never throws, whatever the text; the result's {@link PostText#whole()} is the text. */
  static PostText split(String text) {
    String bare = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (bare.isEmpty()) {
      return PostText.EMPTY;
    }
    TextLines lines = new TextLines(bare);
    new TextSplitter(lines).mark();
    return lines.blocks();
  }

  private void mark() {
    int i = 0;
    int signature = 0; // what is before this line is a signature, if nothing else
    while (i < lines.count()) {
      int next = diffs.take(i);
      if (next == i) {
        next = quotes.take(i);
      }
      if (next > i) {
        signature = i;
      } else if (i < signature) {
        lines.mark(next++, Kind.SIGNATURE);
      } else {
        next = ends.take(i);
        if (next == i) {
          signature = ends.signature(i);
          next = i + (signature > i ? 0 : 1);
        }
      }
      i = next;
    }
  }
}
