package org.milena.analysis;

/**
 * A factory of filters that make of each token one token, which has another text and is the same
 * else. The text follows from the one before, unless the token is marked as a keyword.
 */
interface WordByWord {
  /** Whether the settings leave it so. */
  default boolean isWordByWord() {
    return true;
  }
}
