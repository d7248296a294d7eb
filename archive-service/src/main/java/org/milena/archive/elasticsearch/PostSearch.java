package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.by;
import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.GetResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.PostText;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.FullPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.PostWalk;
import org.milena.archive.search.SearchPage;
import org.milena.archive.search.SearchRequest;
import org.milena.archive.search.Selection;
import org.milena.archive.search.ThreadPage;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** Finds posts, months and threads. */
public final class PostSearch implements ArchiveIndex {
  private static final int LONGEST_THREAD = 10_000;

  private final SearchConnection connection;
  private final Indices indices;
  private final Listings listings;
  private final Searches searches;
  private final FoundThreads threads;
  private final LikePosts like;
  private final Snapshots snapshots;

  /** In these indices. */
  public PostSearch(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
    this.listings = new Listings(connection, indices);
    this.searches = new Searches(connection, indices);
    this.threads = new FoundThreads(connection, indices);
    this.like = new LikePosts(connection, indices);
    this.snapshots = new Snapshots(connection, 0, Duration.ZERO);
  }

  @Override
  public SearchPage search(SearchRequest request) {
    return searches.search(request);
  }

  @Override
  public Set<ArchiveId> threadsWith(
      Set<ListId> lists, org.milena.archive.search.Query query, int max) {
    return threads.of(lists, query, max);
  }

  @Override
  public List<ArchivedPost> similar(Set<ListId> lists, ArchivedPost post, int limit) {
    return like.of(post, lists, limit);
  }

  @Override
  public Optional<FullPost> post(ListId list, ArchiveId id) {
    String index = indices.posts();
    GetResponse<PostDocument> response =
        connection.ask(
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
    return posts(PostQueries.having(list, "messageId", List.of(messageId)), 20);
  }

  @Override
  public List<ArchivedPost> thread(ListId list, ArchiveId thread, int max) {
    return posts(PostQueries.in(list, null, thread), Math.min(max, LONGEST_THREAD));
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
        .documents(
            "reading texts",
            get ->
                get.index(index)
                    .ids(ids.stream().map(ArchiveId::value).toList())
                    .sourceIncludes("layout", "text"),
            Text.class)
        .forEach(document -> {
          Text text = document.source();
          if (text != null) {
            texts.put(ArchiveId.of(document.id()), PostDocument.text(text.layout(), text.text()));
          }
        });
    return texts;
  }

  private List<ArchivedPost> posts(Query query, int max) {
    String index = indices.posts();
    return connection
        .search(
            "reading posts",
            search ->
                search
                    .index(index)
                    .query(query)
                    .size(max)
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

  @Override
  public List<MonthCount> months(ListId list) {
    return listings.months(list);
  }

  @Override
  public ThreadPage threads(ListId list, @Nullable YearMonth month, int before, int limit) {
    return listings.threads(list, month, before, limit);
  }

  @Override
  public Map<ListId, List<MonthCount>> months(Collection<ListId> lists) {
    return listings.months(lists);
  }

  @Override
  public PostWalk walk(Selection selection) {
    return new SnapshotWalk(connection, snapshots, indices, selection);
  }
}
