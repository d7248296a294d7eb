package org.milena.archive.elasticsearch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.Snippet;

/**
 * Reads the marks of the highlighter. They are private characters, not HTML, so that nothing from a
 * mail can look like markup; a mail that holds them itself gets a mark more.
 */
final class Snippets {
  static final String BEGIN = "\uE0F0";
  static final String END = "\uE0F1";
  private static final String BETWEEN = " … ";

  private Snippets() {}

  /** The fragments, or this text where there are none. */
  static Snippet of(@Nullable List<String> fragments, String otherwise) {
    if (fragments == null || fragments.isEmpty()) {
      return Snippet.plain(otherwise);
    }
    List<Snippet.Run> runs = new ArrayList<>();
    String text =
        String.join(
            BETWEEN, fragments.stream().map(f -> f.strip().replaceAll("\\s+", " ")).toList());
    boolean hit = false;
    int done = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean mark =
          i < text.length()
              && (text.charAt(i) == BEGIN.charAt(0) || text.charAt(i) == END.charAt(0));
      if (mark || i == text.length()) {
        if (i > done) {
          runs.add(new Snippet.Run(text.substring(done, i), hit));
        }
        hit = mark && text.charAt(i) == BEGIN.charAt(0);
        done = i + 1;
      }
    }
    return new Snippet(runs);
  }
}
