package org.milena.archive.search;

import java.util.List;

/** A piece of a post around what was looked for. */
public record Snippet(List<Run> runs) {
  public Snippet {
    runs = List.copyOf(runs);
  }

  /**
   * Some characters of it.
   *
   * @param hit whether they are what was looked for
   */
  public record Run(String text, boolean hit) {}

  /** Without marks. */
  public static Snippet plain(String text) {
    return new Snippet(text.isEmpty() ? List.of() : List.of(new Run(text, false)));
  }
}
