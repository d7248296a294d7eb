package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.TermsAggregationExecutionHint;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.archive.importing.KnownPosts;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** Tells which posts are there. */
public final class KnownPostDocuments implements KnownPosts {
  private static final int PAGE = 500;

  private final SearchConnection connection;
  private final Indices indices;

  /** In these indices. */
  public KnownPostDocuments(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
  }

  private record Kept(String rawSha256) {}

  @Override
  public Map<ArchiveId, String> digests(Set<ArchiveId> ids) {
    Map<ArchiveId, String> digests = new HashMap<>();
    String index = indices.posts();
    for (List<ArchiveId> page : PostDocuments.pages(ids, PAGE)) {
      connection
          .documents(
              "looking which posts are there",
              get ->
                  get.index(index)
                      .ids(page.stream().map(ArchiveId::value).toList())
                      .sourceIncludes("rawSha256"),
              Kept.class)
          .forEach(document -> {
            Kept kept = document.source();
            if (kept != null) {
              digests.put(ArchiveId.of(document.id()), kept.rawSha256());
            }
          });
    }
    return digests;
  }

  @Override
  public Set<String> messageIds(ListId list, Set<String> messageIds) {
    Set<String> found = new HashSet<>();
    for (List<String> page : PostDocuments.pages(messageIds, PAGE)) {
      found.addAll(messageIds(list, page));
    }
    return found;
  }

  private List<String> messageIds(ListId list, List<String> messageIds) {
    String index = indices.posts();
    SearchResponse<Void> response =
        connection.search(
            "looking which Message-IDs are used",
            search ->
                search
                    .index(index)
                    .size(0)
                    .trackTotalHits(t -> t.enabled(false))
                    .query(PostQueries.having(list, "messageId", messageIds))
                    // not by ordinals: those are built anew over all ids after each batch
                    .aggregations(
                        "ids",
                        a ->
                            a.terms(t ->
                                t.field("messageId")
                                    .size(messageIds.size())
                                    .executionHint(TermsAggregationExecutionHint.Map))),
            Void.class);
    var ids = response.aggregations().get("ids");
    return ids == null
        ? List.of() // no document at all
        : ids.sterms().buckets().array().stream()
            .map(bucket -> bucket.key().stringValue())
            .toList();
  }
}
