package org.milena.archive.web.hyperkitty;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.web.ApiProblem;

/**
 * Which page is asked for. As there, a limit that makes no sense is the usual one.
 *
 * @param url of the listing, without parameters
 * @param ordering of a name that is known; null for the usual one
 * @param deepest behind how many a page may begin
 */
record Paging(String url, int limit, int offset, @Nullable String ordering, int deepest) {
  static final int USUAL = 10;
  private static final int MAX_LIMIT = 100;

  /**
   * The page that is asked for.
   *
   * @throws ApiProblem 400 where it is too deep
   */
  static Paging of(String url, int limit, int offset, @Nullable String ordering, int deepest) {
    int most = limit < 1 ? USUAL : Math.min(limit, MAX_LIMIT);
    return new Paging(url, most, Math.max(offset, 0), ordering, deepest);
  }

  /**
   * How many come before the page.
   *
   * @throws ApiProblem 400 where these are too many
   */
  int passed() {
    if (offset > deepest) {
      throw ApiProblem.badRequest(
          "offset-too-large",
          "A page of this listing begins behind "
              + deepest
              + " items at most. The rest is there: by way of the links of emails/, which lead"
              + " on.");
    }
    return offset;
  }

  /** Of a listing that is whole in memory. */
  <T> PagedJson<T> slice(List<T> all) {
    int from = Math.min(offset, all.size());
    return page(all.subList(from, Math.min(from + limit, all.size())), all.size(), null);
  }

  /**
   * The page.
   *
   * @param after where the next one begins, where it is not enough to count
   */
  <T> PagedJson<T> page(List<T> results, long count, @Nullable String after) {
    return page(results, count, after, (long) offset + limit < count && !results.isEmpty());
  }

  /**
   * The page, where it is known whether another one follows: what went behind it makes the count
   * smaller, and would end the listing early.
   */
  <T> PagedJson<T> page(List<T> results, long count, @Nullable String after, boolean more) {
    String previous = null;
    if (offset > 0 && offset - limit <= deepest) {
      previous = link(Math.max(offset - limit, 0), null);
    }
    return new PagedJson<>(count, more ? link(offset + limit, after) : null, previous, results);
  }

  private String link(int begin, @Nullable String after) {
    StringBuilder link = new StringBuilder(url).append("?limit=").append(limit);
    if (begin > 0) {
      link.append("&offset=").append(begin);
    }
    if (ordering != null) {
      link.append("&ordering=").append(ordering);
    }
    if (after != null) {
      link.append("&after=").append(after);
    }
    return link.toString();
  }
}
