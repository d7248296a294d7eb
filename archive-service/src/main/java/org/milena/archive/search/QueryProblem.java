package org.milena.archive.search;

import java.util.List;
import java.util.Locale;

/**
 * Why a query can't be asked, and where.
 *
 * @param args what the sentence names, in its order
 * @param from where the piece begins that is wrong, in characters (UTF-16) from 0
 * @param until where it ends, excluded; more than {@code from}, or the end of the query
 */
public record QueryProblem(QueryMistake mistake, List<String> args, int from, int until) {

  public QueryProblem {
    args = List.copyOf(args);
  }

  QueryProblem(QueryMistake mistake, int from, int until, Object... args) {
    this(mistake, List.of(args).stream().map(String::valueOf).toList(), from, until);
  }

  /** One sentence or two for whoever typed it, in English. */
  public String reason() {
    return reason(Locale.ENGLISH);
  }

  /** The same in another language, if we have it. */
  public String reason(Locale locale) {
    return mistake.say(locale, args);
  }
}
