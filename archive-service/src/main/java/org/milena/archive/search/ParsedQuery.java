package org.milena.archive.search;

/** A query as somebody typed it, read. */
public sealed interface ParsedQuery {

  /** It can be asked. */
  record Valid(Query query) implements ParsedQuery {

    /** Whether it looks for words, so that relevance means something. */
    public boolean hasWords() {
      return Queries.hasWords(query);
    }
  }

  /** It can't be asked. */
  record Invalid(QueryProblem problem) implements ParsedQuery {}
}
