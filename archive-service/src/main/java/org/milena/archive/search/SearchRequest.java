package org.milena.archive.search;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;

/**
 * A question to the archive.
 *
 * @param search names it, for {@link SearchCursor#search()}
 * @param lists those the reader may see: nothing else is ever found
 * @param query without {@link Query.Dated} and its like: {@link ArchiveSearch} put in what they
 *     mean
 * @param asOf the moment of the first page; what is older is a little less relevant
 * @param threads whether only the first post of each thread in this order is shown
 * @param facets whether to count what the posts are like
 * @param after where the page before ended; null for the first
 * @param limit posts on a page
 */
public record SearchRequest(
    String search,
    Set<ListId> lists,
    Query query,
    Sort sort,
    Instant asOf,
    boolean threads,
    boolean facets,
    @Nullable SearchCursor after,
    int limit) {

  public SearchRequest {
    lists = Set.copyOf(lists);
  }

  /** In which order. */
  public enum Sort {
    /** Best match first; of equals the newest. */
    RELEVANCE,
    /** Newest first. */
    NEWEST,
    /** Oldest first. */
    OLDEST
  }
}
