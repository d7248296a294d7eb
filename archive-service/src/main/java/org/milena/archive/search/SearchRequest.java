package org.milena.archive.search;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;

/**
 * A question to the archive.
 *
 * @param lists those the reader may see: nothing else is ever found
 * @param after where the page before ended; null for the first
 * @param limit posts on a page
 */
public record SearchRequest(
    Set<ListId> lists, Query query, Sort sort, @Nullable SearchCursor after, int limit) {

  public SearchRequest {
    lists = Set.copyOf(lists);
  }

  /** In which order. */
  public enum Sort {
    /** Newest first. */
    DATE,
    /** Best match first. */
    RELEVANCE
  }
}
