package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.by;
import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import java.util.List;
import org.milena.archive.former.FormerPosts;
import org.milena.archive.post.ArchivedPost;

/** Finds posts by the keys they have besides their Message-ID. */
public final class FormerKeys implements FormerPosts {
  private static final int MOST = 20;

  private final SearchConnection connection;
  private final Indices indices;

  /** In these indices. */
  public FormerKeys(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
  }

  @Override
  public List<ArchivedPost> byKey(String key) {
    return find("keys", KeyDigest.either(key));
  }

  @Override
  public List<ArchivedPost> byMessageId(String messageId) {
    return find("messageId", List.of(FieldValue.of(messageId)));
  }

  private List<ArchivedPost> find(String field, List<FieldValue> values) {
    String index = indices.posts();
    return connection
        .search(
            "looking for a former address",
            search ->
                search
                    .index(index)
                    .query(q -> q.terms(t -> t.field(field).terms(v -> v.value(values))))
                    .size(MOST)
                    .trackTotalHits(t -> t.enabled(false))
                    .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
                    .sort(by("date", SortOrder.Asc), by("id", SortOrder.Asc)),
            PostDocument.class)
        .hits()
        .hits()
        .stream()
        .map(hit -> source(hit).post())
        .toList();
  }
}
