package org.milena.archive.search;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.PostText;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.FullPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * Answers questions about the archive. Every method throws {@link
 * org.milena.common.failure.OutageException} when the index is away.
 */
public interface ArchiveIndex {

  /** Threads on a page cannot begin behind this many others. */
  int MAX_THREADS_BEFORE = 9_000;

  /** So many threads {@link Query.InThread} may be about. */
  int MAX_THREADS_WITH = 5_000;

  /** One page of what is found. */
  SearchPage search(SearchRequest request);

  /**
   * The threads in which a post matches.
   *
   * @param lists nothing else is looked through
   * @param max how many at most
   */
  Set<ArchiveId> threadsWith(Set<ListId> lists, Query query, int max);

  /**
   * Posts about the same as this one, one of a thread, best first.
   *
   * @param lists nothing else is ever found
   */
  List<ArchivedPost> similar(Set<ListId> lists, ArchivedPost post, int limit);

  /** A post of this list. */
  Optional<FullPost> post(ListId list, ArchiveId id);

  /** The posts of this list under a Message-ID (without angle brackets), earliest first. */
  List<ArchivedPost> byMessageId(ListId list, String messageId);

  /**
   * The posts of a thread, in no order.
   *
   * @param max how many at most
   */
  List<ArchivedPost> thread(ListId list, ArchiveId thread, int max);

  /** The texts of these posts; posts that are not there are left out. */
  Map<ArchiveId, PostText> texts(Collection<ArchiveId> ids);

  /** The months of a list that have posts, newest first. */
  List<MonthCount> months(ListId list);

  /** The same of several lists; a list without posts is left out. */
  Map<ListId, List<MonthCount>> months(Collection<ListId> lists);

  /**
   * The threads that have posts of a month, or of any time.
   *
   * @param before how many threads to pass over, at most {@link #MAX_THREADS_BEFORE}
   */
  ThreadPage threads(ListId list, @Nullable YearMonth month, int before, int limit);

  /**
   * Posts of a list that were written before a moment, earliest first.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<ArchivedPost> writtenBefore(
      ListId list, Instant before, @Nullable ArchivedPost after, int limit);

  /** Begins a walk over these posts, in the state of now. Whoever begins it closes it. */
  PostWalk walk(Selection selection);
}
