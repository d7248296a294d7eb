package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.by;
import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ChangedMeanwhileException;
import org.milena.archive.search.PostPlace;
import org.milena.archive.search.PostWalk;
import org.milena.archive.search.Selection;
import org.milena.common.failure.OutageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A walk in a point in time. When that lasts no longer, because a reader is slow, the walk goes on
 * in the state of now if that is the same.
 *
 * <p>What a state is: for each list how many posts, of how many octets, and the greatest offset
 * that one of them came from. A list is in one partition, so whatever is added or replaced has a
 * greater offset than all before it; what is not added can only be taken away, and then they are
 * fewer.
 */
final class SnapshotWalk implements PostWalk {
  private static final Logger log = LoggerFactory.getLogger(SnapshotWalk.class);

  private static final int PAGE = 250;

  /** A reader of 40 kB a second has a page of usual posts by then. */
  private static final Time KEEP = Time.of(t -> t.time("10m"));

  private final SearchConnection connection;
  private final Snapshots snapshots;
  private final String index;
  private final int lists;
  private final Query query;
  private final String state;
  private String snapshot;

  SnapshotWalk(
      SearchConnection connection, Snapshots snapshots, Indices indices, Selection selection) {
    this.connection = connection;
    this.snapshots = snapshots;
    this.index = indices.posts();
    this.lists = Math.max(1, selection.lists().size());
    this.query = QueryCompiler.compile(selection.lists(), selection.query());
    this.snapshot = snapshots.open(index, KEEP);
    try {
      this.state = readState();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public String state() {
    return state;
  }

  @Override
  public List<ArchivedPost> after(@Nullable PostPlace place) {
    SearchResponse<PostDocument> page = page(place);
    if (page == null) {
      snapshot = snapshots.open(index, KEEP);
      if (!readState().equals(state)) {
        throw new ChangedMeanwhileException("the archive changed while it was read");
      }
      page = page(place);
    }
    if (page == null) {
      throw new IllegalStateException("the search engine keeps no state of " + index);
    }
    String name = page.pitId();
    snapshot = name == null ? snapshot : name;
    return page.hits().hits().stream().map(hit -> source(hit).post()).toList();
  }

  /** Null when the snapshot is gone. */
  private @Nullable SearchResponse<PostDocument> page(@Nullable PostPlace place) {
    return connection.<@Nullable SearchResponse<PostDocument>>call(
        "reading posts in their order",
        client -> {
          try {
            return client.search(search -> build(search, place), PostDocument.class);
          } catch (ElasticsearchException e) {
            if (Snapshots.isGone(e)) {
              return null;
            }
            throw e;
          }
        });
  }

  private SearchRequest.Builder build(SearchRequest.Builder search, @Nullable PostPlace place) {
    search
        .pit(p -> p.id(snapshot).keepAlive(KEEP))
        .query(query)
        .size(PAGE)
        .allowPartialSearchResults(false)
        .trackTotalHits(t -> t.enabled(false))
        .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
        .sort(by("date", SortOrder.Asc), by("id", SortOrder.Asc));
    return place == null
        ? search
        : search.searchAfter(
            FieldValue.of(place.date().toEpochMilli()),
            FieldValue.of(place.id().value()),
            // the engine orders equals in a snapshot by their place in it: behind all of them
            FieldValue.of(Long.MAX_VALUE));
  }

  private String readState() {
    SearchResponse<Void> response =
        connection.search(
            "looking what there is",
            search ->
                search
                    .pit(p -> p.id(snapshot).keepAlive(KEEP))
                    .query(query)
                    .size(0)
                    .trackTotalHits(t -> t.enabled(false))
                    // one that was made anew may date, name and thread posts otherwise
                    .aggregations("index", a -> a.terms(t -> t.field("_index").size(1)))
                    .aggregations(
                        "lists",
                        a ->
                            a.terms(t -> t.field("list").size(lists))
                                .aggregations("last", l -> l.max(m -> m.field("sourceOffset")))
                                .aggregations("octets", o -> o.sum(m -> m.field("size")))),
            Void.class);
    TreeSet<String> states = new TreeSet<>();
    var generation = response.aggregations().get("index");
    if (generation != null) {
      generation
          .sterms()
          .buckets()
          .array()
          .forEach(bucket -> states.add(bucket.key().stringValue()));
    }
    var counted = response.aggregations().get("lists");
    if (counted != null) {
      counted.sterms().buckets().array().forEach(bucket -> states.add(state(bucket)));
    }
    return String.join(" ", states);
  }

  private static String state(StringTermsBucket bucket) {
    var last = bucket.aggregations().get("last");
    var octets = bucket.aggregations().get("octets");
    if (last == null || octets == null) {
      throw new IllegalStateException("the search engine left out what it was asked for");
    }
    return "%s:%d:%s:%s"
        .formatted(
            bucket.key().stringValue(),
            bucket.docCount(),
            last.max().value(),
            octets.sum().value());
  }

  @Override
  public void close() {
    try {
      snapshots.close(snapshot);
    } catch (OutageException e) {
      log.debug("a state of {} stays until its time is over: {}", index, e.getMessage());
    }
  }
}
