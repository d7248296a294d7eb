package org.milena.archive.marking;

import java.util.Set;

/** What becomes of a word in an index, or of one that is looked for there. */
@FunctionalInterface
public interface Analyzer {

  /**
   * The terms that stand for a word, at one place; perhaps none.
   *
   * @param word as {@link WordBreaks} finds it
   */
  Set<String> terms(String word);
}
