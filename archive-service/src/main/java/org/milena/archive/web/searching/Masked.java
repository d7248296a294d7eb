package org.milena.archive.web.searching;

import java.util.ArrayList;
import java.util.List;
import org.milena.archive.search.Snippet;
import org.milena.archive.web.Reader;

/** Snippets as the reader sees them. */
final class Masked {

  /**
   * Marks may stand between the parts of an address, so that no part of it looks like one. So it is
   * the whole text in which addresses are hidden; what is left of a hidden one bears no mark, which
   * would tell how it goes on.
   */
  static List<Snippet.Run> runs(Snippet snippet) {
    if (!Reader.masks()) {
      return snippet.runs();
    }
    StringBuilder whole = new StringBuilder();
    snippet.runs().forEach(run -> whole.append(run.text()));
    String text = whole.toString();
    String masked = Reader.text(text);
    return masked.equals(text) ? snippet.runs() : marked(snippet, text, masked);
  }

  /** Goes along both: where they differ, the mask stands for what is before the next {@code @}. */
  private static List<Snippet.Run> marked(Snippet snippet, String text, String masked) {
    boolean[] hits = hits(snippet, text.length());
    boolean[] shown = new boolean[masked.length()];
    int i = 0;
    for (int j = 0; j < masked.length(); j++) {
      if (i < text.length() && text.charAt(i) == masked.charAt(j)) {
        shown[j] = hits[i];
        i++;
      } else {
        i = Math.max(i, text.indexOf('@', i));
        for (int k = j; k >= 0 && !Character.isWhitespace(masked.charAt(k)); k--) {
          shown[k] = false;
        }
      }
    }
    List<Snippet.Run> runs = new ArrayList<>();
    for (int from = 0; from < masked.length(); ) {
      int until = from + 1;
      while (until < masked.length() && shown[until] == shown[from]) {
        until++;
      }
      runs.add(new Snippet.Run(masked.substring(from, until), shown[from]));
      from = until;
    }
    return runs;
  }

  private static boolean[] hits(Snippet snippet, int length) {
    boolean[] hits = new boolean[length];
    int at = 0;
    for (Snippet.Run run : snippet.runs()) {
      for (int end = at + run.text().length(); at < end; at++) {
        hits[at] = run.hit();
      }
    }
    return hits;
  }

  private Masked() {}
}
