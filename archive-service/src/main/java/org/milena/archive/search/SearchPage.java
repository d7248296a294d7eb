package org.milena.archive.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what was found.
 *
 * @param next where the next page begins; null on the last one
 * @param total how many posts were found on all pages
 * @param totalIsExact false when there are more than {@code total}
 */
public record SearchPage(
    List<SearchHit> hits, @Nullable SearchCursor next, long total, boolean totalIsExact) {
  public SearchPage {
    hits = List.copyOf(hits);
  }
}
