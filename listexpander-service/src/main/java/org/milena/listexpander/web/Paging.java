package org.milena.listexpander.web;

import java.util.List;
import java.util.function.Function;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.CursorPage;

/** Pages of what is sorted by a text. */
final class Paging {
  static final String DEFAULT_LIMIT = "100";
  private static final int MAX_LIMIT = 1_000;

  /**
   * The limit, if it is one.
   *
   * @throws ApiProblem when it is not from 1 to 1,000
   */
  static int limit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ApiProblem.badRequest(
          "invalid-limit", "A page has 1 to " + MAX_LIMIT + " items, not " + limit + ".");
    }
    return limit;
  }

  /**
   * A page of rows that were read with one more than the limit.
   *
   * @param cursor of the last row of this page
   */
  static <R, V> CursorPage<V> of(
      List<R> oneMore, int limit, Function<R, String> cursor, Function<R, V> view) {
    List<R> rows = oneMore.size() > limit ? oneMore.subList(0, limit) : oneMore;
    String next = oneMore.size() > limit ? cursor.apply(rows.getLast()) : null;
    return new CursorPage<>(rows.stream().map(view).toList(), next);
  }

  private Paging() {}
}
