package org.milena.archive.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what was found.
 *
 * @param next where the next page begins; null on the last one
 * @param total how many posts were found on all pages
 * @param totalIsExact false when there are {@code total} or more
 * @param renewed whether the state of the archive that the first page showed is gone, and this page
 *     goes on in that of now: a post may come twice or be left out
 * @param facets null where nobody asked for them
 */
public record SearchPage(
    List<SearchHit> hits,
    @Nullable SearchCursor next,
    long total,
    boolean totalIsExact,
    boolean renewed,
    @Nullable Facets facets) {

  /** Nothing found. */
  public static final SearchPage EMPTY = new SearchPage(List.of(), null, 0, true, false, null);

  public SearchPage {
    hits = List.copyOf(hits);
  }
}
