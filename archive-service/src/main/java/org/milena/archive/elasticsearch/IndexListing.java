package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.by;
import static org.milena.archive.elasticsearch.PostQueries.of;
import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.SearchRequest.Builder;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.PostListing;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** Lists posts from the index. */
public final class IndexListing implements PostListing {

  /** The most that the search engine takes. */
  private static final int EXACT_THREADS = 40_000;

  private final SearchConnection connection;
  private final Indices indices;
  private final Listings listings;

  /** Of these indices. */
  public IndexListing(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
    this.listings = new Listings(connection, indices);
  }

  private record Keys(@Nullable List<String> keys) {}

  @Override
  public Page page(Wanted wanted) {
    SortOrder order = wanted.order().newestFirst() ? SortOrder.Desc : SortOrder.Asc;
    String field =
        switch (wanted.order().timestamp()) {
          case WRITTEN -> "date";
          case RECEIVED -> "receivedAt";
        };
    SearchResponse<PostDocument> response =
        posts(search -> {
          search
              .query(QueryCompiler.compile(wanted.lists(), wanted.query()))
              .size(wanted.limit())
              .trackTotalHits(t -> t.enabled(true))
              .sort(by(field, order), by("id", SortOrder.Asc));
          Place after = wanted.after();
          return after == null
              ? search.from(wanted.passed())
              : search.searchAfter(
                  FieldValue.of(after.moment()), FieldValue.of(after.id().value()));
        });
    var total = Objects.requireNonNull(response.hits().total(), "it was asked for the total");
    return new Page(read(response), total.value());
  }

  @Override
  public List<ArchivedPost> named(
      Set<ListId> lists, Name name, Collection<String> values, int limit) {
    if (lists.isEmpty() || values.isEmpty()) {
      return List.of();
    }
    String field =
        switch (name) {
          case ID -> "id";
          case MESSAGE_ID -> "messageId";
          case KEY -> "keys";
          case LINK -> "links";
        };
    List<FieldValue> wanted =
        values.stream()
            .flatMap(value ->
                name == Name.KEY
                    ? KeyDigest.either(value).stream()
                    : Stream.of(FieldValue.of(value)))
            .toList();
    return read(
        posts(search ->
            search
                .query(q ->
                    q.bool(b ->
                        b.filter(QueryCompiler.inLists(lists))
                            .filter(f -> f.terms(t -> t.field(field).terms(v -> v.value(wanted))))))
                .size(Math.min(limit, MAX_LIMIT))
                .trackTotalHits(t -> t.enabled(false))
                .sort(by("date", SortOrder.Asc), by("id", SortOrder.Asc))));
  }

  private interface Question {
    Builder of(Builder search);
  }

  private SearchResponse<PostDocument> posts(Question question) {
    String index = indices.posts();
    return connection.search(
        "listing posts",
        search ->
            question
                .of(search)
                .index(index)
                .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES))),
        PostDocument.class);
  }

  private static List<ArchivedPost> read(SearchResponse<PostDocument> response) {
    return response.hits().hits().stream().map(hit -> source(hit).post()).toList();
  }

  /** An index that is being made anew for this version has them beside what is searched. */
  @Override
  public List<String> keys(ArchiveId id) {
    List<String> keys = keys(indices.raw(), RawDocument.id(id, 0));
    if (keys == null) {
      keys = keys(indices.posts(), id.value());
    }
    return keys == null ? List.of() : List.copyOf(keys);
  }

  private @Nullable List<String> keys(String index, String id) {
    GetResponse<Keys> response =
        connection.ask(
            "reading the keys of a post",
            client ->
                client.get(get -> get.index(index).id(id).sourceIncludes("keys"), Keys.class));
    Keys found = response.found() ? response.source() : null;
    return found == null ? null : found.keys();
  }

  @Override
  public List<MonthCount> months(Set<ListId> lists, org.milena.archive.search.Query query) {
    return lists.isEmpty() ? List.of() : listings.months(QueryCompiler.compile(lists, query));
  }

  @Override
  public Map<ListId, Long> counts(Set<ListId> lists) {
    if (lists.isEmpty()) {
      return Map.of();
    }
    Map<ListId, Long> counts = new HashMap<>();
    var counted =
        count(
            QueryCompiler.inLists(lists),
            Aggregation.of(a -> a.terms(t -> t.field("list").size(lists.size()))));
    counted
        .sterms()
        .buckets()
        .array()
        .forEach(bucket -> counts.put(ListId.of(bucket.key().stringValue()), bucket.docCount()));
    return counts;
  }

  @Override
  public long threads(ListId list) {
    return count(
            of(list),
            Aggregation.of(
                a -> a.cardinality(c -> c.field("thread").precisionThreshold(EXACT_THREADS))))
        .cardinality()
        .value();
  }

  private Aggregate count(Query query, Aggregation aggregation) {
    String index = indices.posts();
    SearchResponse<Void> response =
        connection.search(
            "counting posts",
            search ->
                search
                    .index(index)
                    .query(query)
                    .size(0)
                    .trackTotalHits(t -> t.enabled(false))
                    .aggregations("counted", aggregation),
            Void.class);
    return Objects.requireNonNull(response.aggregations().get("counted"), "it was asked to count");
  }
}
