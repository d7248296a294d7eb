package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.TermsAggregationExecutionHint;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.util.Set;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** In which threads a query finds something. */
final class FoundThreads {
  private final SearchConnection connection;
  private final Indices indices;

  FoundThreads(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
  }

  Set<ArchiveId> of(Set<ListId> lists, org.milena.archive.search.Query query, int max) {
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
    return PostQueries.threads(response.aggregations().get("threads"));
  }
}
