package org.milena.archive.web;

import org.jspecify.annotations.Nullable;
import org.milena.archive.search.ArchiveIndex;
import org.milena.common.web.ApiProblem;

/** Cursors and lengths of listings. */
public final class Pages {
  private static final int MAX_LIMIT = 100;

  /** How many items a page has. */
  public static int limit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ApiProblem.badRequest(
          "invalid-limit", "A page has 1 to " + MAX_LIMIT + " items, not " + limit + ".");
    }
    return limit;
  }

  /** How many come before the page. */
  static int before(@Nullable String after) {
    if (after == null || after.isBlank()) {
      return 0;
    }
    if (after.matches("\\d{1,5}")) {
      int before = Integer.parseInt(after);
      if (before <= ArchiveIndex.MAX_THREADS_BEFORE) {
        return before;
      }
    }
    throw ApiProblem.badRequest("invalid-cursor", "The cursor belongs to another listing.");
  }

  private Pages() {}
}
