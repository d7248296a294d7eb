package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.by;
import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest.Builder;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.milena.archive.elasticsearch.SearchConnection.AnswerTooLongException;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.Facets;
import org.milena.archive.search.Queries;
import org.milena.archive.search.SearchCursor;
import org.milena.archive.search.SearchHit;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.search.SearchRequest.Sort;
import org.milena.common.failure.OutageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages of what is found.
 *
 * <p>By date a place in the order is enough to go on from, whatever comes and goes meanwhile. By
 * relevance it is not, since each new post changes what words are worth; and a thread's best post
 * may change. Then the pages behind the first are those of the state that the first one saw; when
 * that is gone, they go on at the same place in the state of now, and say so.
 */
final class Searches {
  private static final Logger log = LoggerFactory.getLogger(Searches.class);
  private static final String SEARCHING = "searching";
  private static final int EXACT_TOTAL = 10_000;
  private static final int MAX_SNAPSHOTS = 200;
  private static final Duration SHARED = Duration.ofSeconds(1);

  /** A year makes a post half as new; all newness together counts as much as a common word. */
  private static final float NEWNESS = 0.7f;

  private static final Time HALF_AS_NEW = Time.of(t -> t.time("365d"));

  /**
   * A post in an answer, on the average; the longest, with the text of its attachments, may have
   * twenty times that.
   */
  private static final int OCTETS_A_POST = 100_000;

  /** So many there is room for in each answer. */
  private static final int LEAST_POSTS = 20;

  /** An answer lies in memory as it came, and as what was read out of it. */
  private static final int COPIES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SearchConnection connection;
  private final Indices indices;
  private final Snapshots snapshots;
  private final WordAnalyses analyses;

  /** Posts with their texts that fit into a sixth of the memory. */
  private final int allPosts =
      Math.clamp(
          Runtime.getRuntime().maxMemory() / 6 / (COPIES * OCTETS_A_POST), 1, Integer.MAX_VALUE);

  private final Semaphore posts = new Semaphore(allPosts, true);

  Searches(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
    this.snapshots = new Snapshots(connection, MAX_SNAPSHOTS, SHARED);
    this.analyses = new WordAnalyses(indices);
  }

  /** So many searches at once as there is room for texts that they find; the others wait. */
  SearchPage search(SearchRequest request) {
    if (!marks(request)) {
      return found(request);
    }
    int wanted = Math.min(allPosts, postsOf(request));
    try {
      if (!posts.tryAcquire(wanted, PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new OutageException("as many searches run already as fit into memory");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("the wait for other searches was broken off", e);
    }
    try {
      return found(request);
    } finally {
      posts.release(wanted);
    }
  }

  /** Whether something is to be marked, so that texts are asked for. */
  private static boolean marks(SearchRequest request) {
    return Queries.hasWords(request.query());
  }

  private static int postsOf(SearchRequest request) {
    return Math.max(LEAST_POSTS, request.limit() + 1);
  }

  private SearchPage found(SearchRequest request) {
    String index = indices.posts();
    SearchCursor after = request.after();
    String snapshot = after == null ? null : after.snapshot();
    SearchPage page = snapshot == null ? null : found(request, index, snapshot, false);
    if (page == null) {
      page = found(request, index, null, snapshot != null);
    }
    if (page == null) {
      throw new IllegalStateException("the search engine knows no index " + index);
    }
    return page;
  }

  /**
   * @param renewed whether there was a snapshot that is gone
   * @return null when this snapshot is gone
   */
  private @Nullable SearchPage found(
      SearchRequest request, String index, @Nullable String snapshot, boolean renewed) {
    Beside<Facets> counts =
        request.facets() ? FacetCounts.begin(connection, index, request, snapshot) : null;
    SearchPage page = null;
    try {
      SearchResponse<PostDocument> response = ask(index, request, snapshot);
      page = response == null ? null : found(request, index, response, renewed, counts);
      return page;
    } finally {
      if (page == null && counts != null) {
        counts.awaitEnd();
      }
    }
  }

  private SearchPage found(
      SearchRequest request,
      String index,
      SearchResponse<PostDocument> response,
      boolean renewed,
      @Nullable Beside<Facets> counts) {
    String state = response.pitId();
    List<Hit<PostDocument>> hits = response.hits().hits();
    boolean more = hits.size() > request.limit() && !isLast(request);
    if (more && state == null && (request.threads() || request.sort() == Sort.RELEVANCE)) {
      state = snapshots.forPages(index);
    }
    return page(request, response, more, state, renewed, counts);
  }

  /** Without a place to go on from, the search engine goes only so deep. */
  private static boolean isLast(SearchRequest request) {
    return request.threads() && passed(request) + 2 * request.limit() + 1 > EXACT_TOTAL;
  }

  private static int passed(SearchRequest request) {
    SearchCursor after = request.after();
    return after == null ? 0 : Math.min(after.passed(), EXACT_TOTAL - request.limit() - 1);
  }

  /**
   * With their texts, of which the best pieces are shown; where these are extraordinarily long, of
   * each post only the beginning is.
   *
   * @return null when the snapshot is gone
   */
  private @Nullable SearchResponse<PostDocument> ask(
      String index, SearchRequest request, @Nullable String snapshot) {
    if (marks(request)) {
      try {
        return connection.<@Nullable SearchResponse<PostDocument>>askWithin(
            OCTETS_A_POST * postsOf(request),
            SEARCHING,
            client -> ask(client, index, request, snapshot, true));
      } catch (AnswerTooLongException e) {
        log.debug("too much text to mark what was looked for in it", e);
      }
    }
    return connection.<@Nullable SearchResponse<PostDocument>>ask(
        SEARCHING, client -> ask(client, index, request, snapshot, false));
  }

  private static @Nullable SearchResponse<PostDocument> ask(
      ElasticsearchClient client,
      String index,
      SearchRequest request,
      @Nullable String snapshot,
      boolean texts)
      throws IOException {
    try {
      return client.search(
          search -> {
            if (snapshot == null) {
              search.index(index);
            } else {
              search.pit(p -> p.id(snapshot).keepAlive(Snapshots.KEEP));
            }
            if (!texts) {
              search.source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)));
            }
            return build(search, request, snapshot != null);
          },
          PostDocument.class);
    } catch (ElasticsearchException e) {
      boolean noName = e.status() == 400; // somebody wrote a cursor
      if (snapshot != null && (Snapshots.isGone(e) || noName)) {
        return null;
      }
      throw e;
    }
  }

  private static Builder build(Builder search, SearchRequest request, boolean inSnapshot) {
    search
        .query(query(request))
        .size(request.limit() + 1)
        .allowPartialSearchResults(false)
        .trackTotalHits(t -> t.count(EXACT_TOTAL))
        .sort(order(request.sort()));
    SearchCursor after = request.after();
    if (request.threads()) {
      search.collapse(c -> c.field("thread")).from(passed(request));
    } else if (after != null) {
      search.searchAfter(place(request.sort(), after, inSnapshot));
    }
    return search;
  }

  private static Query query(SearchRequest request) {
    Query query = QueryCompiler.compile(request.lists(), request.query());
    if (request.sort() != Sort.RELEVANCE || !Queries.hasWords(request.query())) {
      return query;
    }
    Instant day = request.asOf().truncatedTo(ChronoUnit.DAYS);
    return Query.of(q ->
        q.bool(b ->
            b.must(query)
                .should(s ->
                    s.distanceFeature(d ->
                        d.date(date ->
                            date.field("date")
                                .origin(day.toString())
                                .pivot(HALF_AS_NEW)
                                .boost(NEWNESS))))));
  }

  private static List<SortOptions> order(Sort sort) {
    SortOrder order = sort == Sort.OLDEST ? SortOrder.Asc : SortOrder.Desc;
    List<SortOptions> options = new ArrayList<>();
    if (sort == Sort.RELEVANCE) {
      options.add(SortOptions.of(s -> s.score(score -> score.order(SortOrder.Desc))));
    }
    options.add(by("date", order));
    options.add(by("id", SortOrder.Asc));
    return options;
  }

  private static List<FieldValue> place(Sort sort, SearchCursor cursor, boolean inSnapshot) {
    List<FieldValue> values = new ArrayList<>();
    if (sort == Sort.RELEVANCE) {
      values.add(FieldValue.of(cursor.score()));
    }
    values.add(FieldValue.of(cursor.date()));
    values.add(FieldValue.of(cursor.id().value()));
    if (inSnapshot) {
      // the engine orders equals in a snapshot by their place in it: behind all of them
      values.add(FieldValue.of(Long.MAX_VALUE));
    }
    return values;
  }

  private SearchPage page(
      SearchRequest request,
      SearchResponse<PostDocument> response,
      boolean more,
      @Nullable String state,
      boolean renewed,
      @Nullable Beside<Facets> counts) {
    List<Hit<PostDocument>> hits = response.hits().hits();
    List<SearchHit> page = new ArrayList<>();
    Map<String, Snippets> byIndex = new HashMap<>();
    SearchCursor next = null;
    for (Hit<PostDocument> hit : hits.subList(0, Math.min(hits.size(), request.limit()))) {
      PostDocument found = source(hit);
      ArchivedPost post = found.post();
      Snippets snippets =
          byIndex.computeIfAbsent(
              hit.index(), index -> new Snippets(() -> analyses.of(index), request.query()));
      page.add(new SearchHit(post, snippets.subject(found), snippets.text(found)));
      Double score = hit.score();
      next =
          new SearchCursor(
              request.search(),
              request.asOf(),
              score == null || !Double.isFinite(score) ? 0 : score,
              post.date().toEpochMilli(),
              post.id(),
              Math.min(passed(request) + request.limit(), EXACT_TOTAL),
              state);
    }
    var total = response.hits().total();
    return new SearchPage(
        page,
        more ? next : null,
        total == null ? page.size() : total.value(),
        total == null || total.relation() == TotalHitsRelation.Eq,
        renewed,
        counts == null ? null : counts.await());
  }
}
