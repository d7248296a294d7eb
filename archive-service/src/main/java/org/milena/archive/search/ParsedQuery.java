package org.milena.archive.search;

/** A query as somebody typed it, read. */
public sealed interface ParsedQuery {

  /**
   * It can be asked.
   *
   * @param hasWords whether it looks for words, so that relevance means something
   */
  record Valid(Query query, boolean hasWords) implements ParsedQuery {}

  /**
   * It can't be asked.
   *
   * @param reason one sentence for whoever typed it
   */
  record Invalid(String reason) implements ParsedQuery {}
}
