package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.by;
import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.TermsAggregationExecutionHint;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** All that a query finds, and what is like a post. */
final class Finds {
  private static final int PAGE = 500;

  private final SearchConnection connection;
  private final Indices indices;
  private final Snapshots snapshots;

  Finds(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
    this.snapshots = new Snapshots(connection, 0);
  }

  Set<ArchiveId> threads(Set<ListId> lists, org.milena.archive.search.Query query, int max) {
    String index = indices.posts();
    SearchResponse<Void> response =
        connection.call(
            "looking for threads",
            client ->
                client.search(
                    search ->
                        search
                            .index(index)
                            .query(QueryCompiler.compile(lists, query))
                            .size(0)
                            .allowPartialSearchResults(false)
                            .trackTotalHits(t -> t.enabled(false))
                            .aggregations(
                                "threads",
                                a ->
                                    a.terms(t ->
                                        t.field("thread")
                                            .size(max)
                                            .executionHint(TermsAggregationExecutionHint.Map))),
                    Void.class));
    Set<ArchiveId> threads = new HashSet<>();
    var counted = response.aggregations().get("threads");
    if (counted != null) {
      counted
          .sterms()
          .buckets()
          .array()
          .forEach(bucket -> threads.add(ArchiveId.of(bucket.key().stringValue())));
    }
    return threads;
  }

  List<ArchivedPost> similar(Set<ListId> lists, ArchivedPost post, int limit) {
    String index = indices.posts();
    Query like =
        Query.of(q ->
            q.moreLikeThis(m ->
                m.fields("subject", "text.n", "attached")
                    .like(l -> l.document(d -> d.index(index).id(post.id().value())))
                    .minTermFreq(1)
                    .minDocFreq(2)
                    .maxQueryTerms(25)
                    .minWordLength(3)
                    .minimumShouldMatch("30%")));
    return connection
        .call(
            "looking for posts like one",
            client ->
                client.search(
                    search ->
                        search
                            .index(index)
                            .query(q ->
                                q.bool(b ->
                                    b.must(like)
                                        .filter(QueryCompiler.inLists(lists))
                                        .mustNot(n ->
                                            n.term(t ->
                                                t.field("thread").value(post.thread().value())))))
                            .size(limit)
                            .allowPartialSearchResults(false)
                            .trackTotalHits(t -> t.enabled(false))
                            .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
                            .collapse(c -> c.field("thread")),
                    PostDocument.class))
        .hits()
        .hits()
        .stream()
        .map(hit -> source(hit).post())
        .toList();
  }

  /** In the state of now; when that lasts no longer, the rest is of a later one. */
  void scan(Set<ListId> lists, org.milena.archive.search.Query query, Consumer<ArchivedPost> each) {
    String index = indices.posts();
    Query compiled = QueryCompiler.compile(lists, query);
    String snapshot = snapshots.open(index);
    try {
      List<FieldValue> after = List.of();
      while (true) {
        SearchResponse<PostDocument> page = page(compiled, snapshot, after);
        if (page == null) {
          snapshot = snapshots.open(index);
          page = page(compiled, snapshot, after);
        }
        if (page == null) {
          throw new IllegalStateException("the search engine keeps no state of " + index);
        }
        String name = page.pitId();
        snapshot = name == null ? snapshot : name;
        for (Hit<PostDocument> hit : page.hits().hits()) {
          ArchivedPost post = source(hit).post();
          each.accept(post);
          after =
              List.of(
                  FieldValue.of(post.date().toEpochMilli()),
                  FieldValue.of(post.id().value()),
                  FieldValue.of(Long.MAX_VALUE));
        }
        if (page.hits().hits().size() < PAGE) {
          return;
        }
      }
    } finally {
      snapshots.close(snapshot);
    }
  }

  /** Null when the snapshot is gone. */
  private @Nullable SearchResponse<PostDocument> page(
      Query query, String snapshot, List<FieldValue> after) {
    return connection.<@Nullable SearchResponse<PostDocument>>call(
        "reading what a query finds",
        client -> {
          try {
            return client.search(
                search -> {
                  search
                      .pit(p -> p.id(snapshot).keepAlive(Snapshots.KEEP))
                      .query(query)
                      .size(PAGE)
                      .allowPartialSearchResults(false)
                      .trackTotalHits(t -> t.enabled(false))
                      .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
                      .sort(by("date", SortOrder.Asc), by("id", SortOrder.Asc));
                  return after.isEmpty() ? search : search.searchAfter(after);
                },
                PostDocument.class);
          } catch (ElasticsearchException e) {
            if (Snapshots.isGone(e)) {
              return null;
            }
            throw e;
          }
        });
  }
}
