package org.milena.archive.search;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Set;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * Posts that are fed or exported together: a list, a month or a thread of it, or what a query finds
 * for one reader at one moment.
 *
 * @param lists those the reader may see: no post of another one is ever in it
 * @param query without {@link Query.Dated} and its like
 * @param name says what was asked, and what that meant; two selections of one name differ at most
 *     in which posts are there
 */
public record Selection(Set<ListId> lists, Query query, String name) {

  public Selection {
    lists = Set.copyOf(lists);
  }

  /** All posts of a list. */
  public static Selection of(ListId list) {
    return new Selection(Set.of(list), new Query.All(), "list " + list);
  }

  /** Those of a list that were written in a month (UTC). */
  public static Selection of(ListId list, YearMonth month) {
    return of(list, month, month);
  }

  /**
   * Those of a list that were written in some months (UTC).
   *
   * @param last included
   */
  public static Selection of(ListId list, YearMonth first, YearMonth last) {
    Query between =
        new Query.Between(
            Query.Timestamp.WRITTEN,
            first.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC),
            last.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    return new Selection(Set.of(list), between, "months " + list + " " + first + " " + last);
  }

  /** Those of a thread of a list. */
  public static Selection ofThread(ListId list, ArchiveId thread) {
    return new Selection(
        Set.of(list), new Query.OfThreads(Set.of(thread)), "thread " + list + " " + thread);
  }
}
