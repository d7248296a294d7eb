package org.milena.archive.web;

import java.util.List;
import org.milena.archive.search.Snippet;

/** Snippets as the reader sees them. */
final class Masked {

  /**
   * Marks stand between the parts of an address, so that no part of it looks like one; where
   * addresses are hidden the marks give way to hiding them.
   */
  static List<Snippet.Run> runs(Snippet snippet) {
    if (!Reader.masks()) {
      return snippet.runs();
    }
    StringBuilder whole = new StringBuilder();
    snippet.runs().forEach(run -> whole.append(run.text()));
    String text = whole.toString();
    String masked = Reader.text(text);
    return masked.equals(text) ? snippet.runs() : Snippet.plain(masked).runs();
  }

  private Masked() {}
}
