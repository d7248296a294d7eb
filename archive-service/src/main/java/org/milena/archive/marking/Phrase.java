package org.milena.archive.marking;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Words that are looked for beside each other; mostly one.
 *
 * @param words for each place the terms of which any will do
 * @param open whether the last word may go on
 */
public record Phrase(List<Set<String>> words, boolean open) {
  /** Of a longer phrase the beginning is marked. */
  private static final int MOST_WORDS = 100;

  public Phrase {
    words = words.stream().map(Set::copyOf).toList();
  }

  /**
   * The words of a text that somebody looks for.
   *
   * @param analyzer what it does to words that are looked for
   */
  public static Phrase of(String text, boolean open, Analyzer analyzer) {
    List<Set<String>> words = new ArrayList<>();
    new WordBreaks()
        .each(
            text,
            (word, from, until) -> {
              Set<String> terms = analyzer.terms(word);
              if (!terms.isEmpty()) {
                words.add(terms);
              }
            });
    return words.size() <= MOST_WORDS
        ? new Phrase(words, open)
        : new Phrase(words.subList(0, MOST_WORDS), false);
  }
}
