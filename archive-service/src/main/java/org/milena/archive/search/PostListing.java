package org.milena.archive.search;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * Posts in plain order, page by page, without relevance and without marks: what programs that go
 * through a list ask for. Every method throws {@link org.milena.common.failure.OutageException}
 * when the index is away.
 */
public interface PostListing {

  /** A page cannot begin behind more posts than this, but where a place is given. */
  int MAX_PASSED = 8_000;

  /** Posts on a page, at most. */
  int MAX_LIMIT = 2_000;

  /**
   * In which order; the id decides between posts of one moment.
   *
   * @param newestFirst whether the latest is the first
   */
  record Order(Query.Timestamp timestamp, boolean newestFirst) {

    /** Where a page ends whose last post is this one. */
    public Place placeOf(ArchivedPost post) {
      return new Place(
          switch (timestamp) {
            case WRITTEN -> post.date().toEpochMilli();
            case RECEIVED -> post.receivedAt().toEpochMilli();
          },
          post.id());
    }
  }

  /**
   * Where a page ended.
   *
   * @param moment of its last post in the order's own time, milliseconds since 1970
   */
  record Place(long moment, ArchiveId id) {}

  /**
   * Which posts.
   *
   * @param lists nothing else is ever found
   * @param query without {@link Query.Dated} and its like
   * @param passed how many to pass over, at most {@link #MAX_PASSED}; without meaning where there
   *     is a place
   * @param after where the page before ended; null to count from the first
   * @param limit at most {@link #MAX_LIMIT}
   */
  record Wanted(
      Set<ListId> lists, Query query, Order order, int passed, @Nullable Place after, int limit) {
    public Wanted {
      lists = Set.copyOf(lists);
      if (passed < 0 || passed > MAX_PASSED || limit < 1 || limit > MAX_LIMIT) {
        throw new IllegalArgumentException("no page: " + limit + " behind " + passed);
      }
    }
  }

  /**
   * A page.
   *
   * @param total how many there are on all pages, exact
   */
  record Page(List<ArchivedPost> posts, long total) {

    /** Nothing. */
    public static final Page EMPTY = new Page(List.of(), 0);

    public Page {
      posts = List.copyOf(posts);
    }
  }

  /** By what a post is found. */
  enum Name {
    /** Its archive id. */
    ID,
    /** Its Message-ID, without angle brackets. */
    MESSAGE_ID,
    /** One of the keys that {@link org.milena.archive.identity.LinkKeys} makes. */
    KEY,
    /** A Message-ID that it has, or that it names. */
    LINK
  }

  /** One page. */
  Page page(Wanted wanted);

  /**
   * Posts that have one of these names, earliest first.
   *
   * @param lists nothing else is ever found
   * @param limit how many at most, up to {@link #MAX_LIMIT}
   */
  List<ArchivedPost> named(Set<ListId> lists, Name name, Collection<String> values, int limit);

  /** The keys of a post that is there; else none. */
  List<String> keys(ArchiveId id);

  /** The months in which these lists have posts that a query finds, newest first. */
  List<MonthCount> months(Set<ListId> lists, Query query);

  /** How many posts each of these lists has; lists without posts are left out. */
  Map<ListId, Long> counts(Set<ListId> lists);

  /** How many threads a list has; an estimate where there are more than 40,000. */
  long threads(ListId list);
}
