package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.by;
import static org.milena.archive.elasticsearch.PostQueries.in;
import static org.milena.archive.elasticsearch.PostQueries.of;
import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.PostText;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.FullPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.search.ThreadPage;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** Finds posts, months and threads. */
public final class PostSearch implements ArchiveIndex {
  private static final int SCAN_PAGE = 500;
  private static final int LONGEST_THREAD = 10_000;

  private final SearchConnection connection;
  private final Indices indices;
  private final Listings listings;
  private final Searches searches;
  private final Finds finds;

  /** In these indices. */
  public PostSearch(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
    this.listings = new Listings(connection, indices);
    this.searches = new Searches(connection, indices);
    this.finds = new Finds(connection, indices);
  }

  @Override
  public SearchPage search(SearchRequest request) {
    return searches.search(request);
  }

  @Override
  public Set<ArchiveId> threadsWith(
      Set<ListId> lists, org.milena.archive.search.Query query, int max) {
    return finds.threads(lists, query, max);
  }

  @Override
  public List<ArchivedPost> similar(Set<ListId> lists, ArchivedPost post, int limit) {
    return finds.similar(lists, post, limit);
  }

  @Override
  public void scan(
      Set<ListId> lists, org.milena.archive.search.Query query, Consumer<ArchivedPost> each) {
    finds.scan(lists, query, each);
  }

  @Override
  public Optional<FullPost> post(ListId list, ArchiveId id) {
    String index = indices.posts();
    GetResponse<PostDocument> response =
        connection.call(
            "reading a post",
            client ->
                client.get(
                    get -> get.index(index).id(id.value()).sourceExcludes("attached", "links"),
                    PostDocument.class));
    PostDocument document = response.found() ? response.source() : null;
    return document == null || !document.list().equals(list)
        ? Optional.empty()
        : Optional.of(document.full());
  }

  @Override
  public List<ArchivedPost> byMessageId(ListId list, String messageId) {
    return posts(
        Query.of(q ->
            q.bool(b ->
                b.filter(of(list))
                    .filter(f -> f.term(t -> t.field("messageId").value(messageId))))),
        20);
  }

  @Override
  public List<ArchivedPost> thread(ListId list, ArchiveId thread, int max) {
    return posts(inThread(list, thread), Math.min(max, LONGEST_THREAD));
  }

  @Override
  public List<ArchivedPost> writtenBefore(
      ListId list, Instant before, @Nullable ArchivedPost after, int limit) {
    return listings.writtenBefore(list, before, after, limit);
  }

  private record Text(@Nullable String layout, @Nullable Map<String, List<String>> text) {}

  @Override
  public Map<ArchiveId, PostText> texts(Collection<ArchiveId> ids) {
    Map<ArchiveId, PostText> texts = new HashMap<>();
    if (ids.isEmpty()) {
      return texts;
    }
    String index = indices.posts();
    connection
        .call(
            "reading texts",
            client ->
                client.mget(
                    get ->
                        get.index(index)
                            .ids(ids.stream().map(ArchiveId::value).toList())
                            .sourceIncludes("layout", "text"),
                    Text.class))
        .docs()
        .forEach(item -> {
          Text text = item.isResult() ? item.result().source() : null;
          if (text != null) {
            texts.put(
                ArchiveId.of(item.result().id()), PostDocument.text(text.layout(), text.text()));
          }
        });
    return texts;
  }

  private static Query inThread(ListId list, ArchiveId thread) {
    return Query.of(q ->
        q.bool(b ->
            b.filter(of(list)).filter(f -> f.term(t -> t.field("thread").value(thread.value())))));
  }

  private List<ArchivedPost> posts(Query query, int max) {
    String index = indices.posts();
    return connection
        .call(
            "reading posts",
            client ->
                client.search(
                    search ->
                        search
                            .index(index)
                            .query(query)
                            .size(max)
                            .trackTotalHits(t -> t.enabled(false))
                            .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
                            .sort(by("date", SortOrder.Asc), by("id", SortOrder.Asc)),
                    PostDocument.class))
        .hits()
        .hits()
        .stream()
        .map(hit -> source(hit).post())
        .toList();
  }

  @Override
  public List<MonthCount> months(ListId list) {
    return listings.months(list);
  }

  @Override
  public ThreadPage threads(ListId list, @Nullable YearMonth month, int before, int limit) {
    return listings.threads(list, month, before, limit);
  }

  @Override
  public void scan(
      ListId list,
      @Nullable YearMonth month,
      @Nullable ArchiveId thread,
      Consumer<ArchivedPost> each) {
    String index = indices.posts();
    List<FieldValue> after = List.of();
    while (true) {
      List<FieldValue> from = after;
      List<Hit<PostDocument>> hits =
          connection
              .call(
                  "reading a list",
                  client ->
                      client.search(
                          search -> {
                            search
                                .index(index)
                                .query(in(list, month, thread))
                                .size(SCAN_PAGE)
                                .trackTotalHits(t -> t.enabled(false))
                                .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
                                .sort(by("date", SortOrder.Asc), by("id", SortOrder.Asc));
                            return from.isEmpty() ? search : search.searchAfter(from);
                          },
                          PostDocument.class))
              .hits()
              .hits();
      for (Hit<PostDocument> hit : hits) {
        each.accept(source(hit).post());
        after = hit.sort();
      }
      if (hits.size() < SCAN_PAGE) {
        return;
      }
    }
  }
}
