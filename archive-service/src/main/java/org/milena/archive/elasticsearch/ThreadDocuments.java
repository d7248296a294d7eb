package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.aggregations.TermsAggregationExecutionHint;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.archive.thread.ThreadIndex;
import org.milena.archive.thread.ThreadPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** What is known of the threads of a list. */
public final class ThreadDocuments implements ThreadIndex {
  private static final int PAGE = 1000;
  private static final int LINKS_AT_ONCE = 1000;

  /** In one consistent state a message id is in one thread; after a crash it may be in several. */
  private static final int THREADS_OF_A_LINK = 50;

  private final SearchConnection connection;
  private final IndexNames indices;

  /** In these indices. */
  public ThreadDocuments(SearchConnection connection, IndexNames indices) {
    this.connection = connection;
    this.indices = indices;
  }

  private record Dated(Instant date) {}

  private record Skeleton(
      ArchiveId id,
      Instant date,
      String messageId,
      List<String> references,
      List<String> inReplyTo,
      String subject) {}

  @Override
  public Map<ArchiveId, Instant> dates(Set<ArchiveId> posts) {
    Map<ArchiveId, Instant> dates = new HashMap<>();
    if (posts.isEmpty()) {
      return dates;
    }
    String index = indices.posts();
    for (List<ArchiveId> page : PostDocuments.pages(posts, PAGE)) {
      connection
          .documents(
              "reading the dates of posts",
              get ->
                  get.index(index)
                      .ids(page.stream().map(ArchiveId::value).toList())
                      .sourceIncludes("date"),
              Dated.class)
          .forEach(document -> {
            Dated found = document.source();
            if (found != null) {
              dates.put(ArchiveId.of(document.id()), found.date());
            }
          });
    }
    return dates;
  }

  @Override
  public Map<String, Set<ArchiveId>> threadsNaming(ListId list, Set<String> names) {
    Map<String, Set<ArchiveId>> found = new HashMap<>();
    for (List<String> page : PostDocuments.pages(names, LINKS_AT_ONCE)) {
      threadsNaming(list, page, found);
    }
    return found;
  }

  private void threadsNaming(ListId list, List<String> names, Map<String, Set<ArchiveId>> found) {
    String index = indices.posts();
    SearchResponse<Void> response =
        connection.search(
            "looking for threads",
            search ->
                search
                    .index(index)
                    .size(0)
                    .trackTotalHits(t -> t.enabled(false))
                    .query(PostQueries.having(list, "links", names))
                    // not by ordinals: those are built anew over all links after each batch
                    .aggregations(
                        "links",
                        a ->
                            a.terms(t ->
                                    t.field("links")
                                        .size(names.size())
                                        .executionHint(TermsAggregationExecutionHint.Map)
                                        .include(i -> i.terms(names)))
                                .aggregations(
                                    "threads",
                                    s ->
                                        s.terms(t ->
                                            t.field("thread")
                                                .size(THREADS_OF_A_LINK)
                                                .executionHint(
                                                    TermsAggregationExecutionHint.Map)))),
            Void.class);
    var links = response.aggregations().get("links");
    if (links == null) {
      return; // no document at all
    }
    for (StringTermsBucket link : links.sterms().buckets().array()) {
      found.put(link.key().stringValue(), PostQueries.threads(link.aggregations().get("threads")));
    }
  }

  @Override
  public List<ThreadPost> posts(ListId list, ArchiveId thread) {
    String index = indices.posts();
    List<ThreadPost> posts = new ArrayList<>();
    String after = "";
    while (true) {
      String from = after;
      SearchResponse<Skeleton> page =
          connection.search(
              "reading a thread",
              search ->
                  search
                      .index(index)
                      .size(PAGE)
                      .trackTotalHits(t -> t.enabled(false))
                      .query(PostQueries.in(list, null, thread))
                      .source(s ->
                          s.filter(f ->
                              f.includes(
                                  "id", "date", "messageId", "references", "inReplyTo", "subject")))
                      .sort(s -> s.field(f -> f.field("id").order(SortOrder.Asc)))
                      .searchAfter(FieldValue.of(from)),
              Skeleton.class);
      for (Hit<Skeleton> hit : page.hits().hits()) {
        Skeleton found = hit.source();
        if (found != null) {
          posts.add(
              new ThreadPost(
                  found.id(),
                  found.date(),
                  found.messageId(),
                  found.references(),
                  found.inReplyTo(),
                  found.subject()));
        }
        after = PostDocuments.id(hit);
      }
      if (page.hits().hits().size() < PAGE) {
        return posts;
      }
    }
  }
}
