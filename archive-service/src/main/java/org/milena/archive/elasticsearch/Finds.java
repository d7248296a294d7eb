package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.aggregations.TermsAggregationExecutionHint;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.milena.archive.post.ArchivedPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** In which threads a query finds something, and what is like a post. */
final class Finds {
  private static final List<String> LIKE = List.of("subject", "text.n", "attached");
  private static final Map<String, String> BY_STEMS =
      LIKE.stream().collect(Collectors.toUnmodifiableMap(field -> field, _ -> SearchFields.STEMS));

  private final SearchConnection connection;
  private final Indices indices;

  Finds(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
  }

  Set<ArchiveId> threads(Set<ListId> lists, org.milena.archive.search.Query query, int max) {
    String index = indices.posts();
    SearchResponse<Void> response =
        connection.search(
            "looking for threads",
            search ->
                search
                    .index(index)
                    .query(QueryCompiler.compile(lists, query))
                    .size(0)
                    .trackTotalHits(t -> t.enabled(false))
                    .aggregations(
                        "threads",
                        a ->
                            a.terms(t ->
                                t.field("thread")
                                    .size(max)
                                    .executionHint(TermsAggregationExecutionHint.Map))),
            Void.class);
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

  /** Words by their stems, each marked and not: both count where an index tells them apart. */
  List<ArchivedPost> similar(Set<ListId> lists, ArchivedPost post, int limit) {
    String index = indices.posts();
    Query like =
        Query.of(q ->
            q.moreLikeThis(m ->
                m.fields(LIKE)
                    .like(l ->
                        l.document(
                            d -> d.index(index).id(post.id().value()).perFieldAnalyzer(BY_STEMS)))
                    .minTermFreq(1)
                    .minDocFreq(2)
                    .maxQueryTerms(40)
                    .minWordLength(3)
                    .minimumShouldMatch("25%")));
    return connection
        .search(
            "looking for posts like one",
            search ->
                search
                    .index(index)
                    .query(q ->
                        q.bool(b ->
                            b.must(like)
                                .filter(QueryCompiler.inLists(lists))
                                .mustNot(n ->
                                    n.term(t -> t.field("thread").value(post.thread().value())))))
                    .size(limit)
                    .trackTotalHits(t -> t.enabled(false))
                    .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
                    .collapse(c -> c.field("thread")),
            PostDocument.class)
        .hits()
        .hits()
        .stream()
        .map(hit -> source(hit).post())
        .toList();
  }
}
