package org.milena.archive.elasticsearch;

import static org.milena.archive.elasticsearch.PostQueries.by;
import static org.milena.archive.elasticsearch.PostQueries.in;
import static org.milena.archive.elasticsearch.PostQueries.of;
import static org.milena.archive.elasticsearch.PostQueries.source;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.aggregations.TermsAggregationExecutionHint;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.MonthCount;
import org.milena.archive.search.ThreadPage;
import org.milena.archive.search.ThreadSummary;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** The months and the threads of a list. */
final class Listings {
  /** The search engine makes 65,536 buckets at most. */
  private static final int LISTS_AT_ONCE = 50;

  private final SearchConnection connection;
  private final Indices indices;

  Listings(SearchConnection connection, Indices indices) {
    this.connection = connection;
    this.indices = indices;
  }

  List<MonthCount> months(ListId list) {
    return months(of(list));
  }

  /** The months in which a query finds posts, newest first. */
  List<MonthCount> months(Query query) {
    String index = indices.posts();
    SearchResponse<Void> response =
        connection.search(
            "counting months",
            search ->
                search
                    .index(index)
                    .query(query)
                    .size(0)
                    .trackTotalHits(t -> t.enabled(false))
                    .aggregations(
                        "months",
                        a ->
                            a.dateHistogram(d ->
                                d.field("date")
                                    .calendarInterval(CalendarInterval.Month)
                                    .minDocCount(1))),
            Void.class);
    return counts(response.aggregations().get("months"));
  }

  private static List<MonthCount> counts(@Nullable Aggregate months) {
    List<MonthCount> counts = new ArrayList<>();
    if (months != null) {
      months
          .dateHistogram()
          .buckets()
          .array()
          .forEach(bucket ->
              counts.add(
                  new MonthCount(
                      YearMonth.from(Instant.ofEpochMilli(bucket.key()).atOffset(ZoneOffset.UTC)),
                      bucket.docCount())));
    }
    return counts.reversed();
  }

  Map<ListId, List<MonthCount>> months(Collection<ListId> lists) {
    Map<ListId, List<MonthCount>> months = new HashMap<>();
    for (List<ListId> some : PostDocuments.pages(lists, LISTS_AT_ONCE)) {
      months.putAll(monthsOf(some));
    }
    return months;
  }

  private Map<ListId, List<MonthCount>> monthsOf(List<ListId> lists) {
    String index = indices.posts();
    SearchResponse<Void> response =
        connection.search(
            "counting months of lists",
            search ->
                search
                    .index(index)
                    .query(QueryCompiler.inLists(lists))
                    .size(0)
                    .trackTotalHits(t -> t.enabled(false))
                    .aggregations(
                        "lists",
                        a ->
                            a.terms(t -> t.field("list").size(lists.size()))
                                .aggregations(
                                    "months",
                                    m ->
                                        m.dateHistogram(d ->
                                            d.field("date")
                                                .calendarInterval(CalendarInterval.Month)
                                                .minDocCount(1)))),
            Void.class);
    Map<ListId, List<MonthCount>> months = new HashMap<>();
    var counted = response.aggregations().get("lists");
    if (counted != null) {
      for (StringTermsBucket bucket : counted.sterms().buckets().array()) {
        months.put(
            ListId.of(bucket.key().stringValue()), counts(bucket.aggregations().get("months")));
      }
    }
    return months;
  }

  List<ArchivedPost> writtenBefore(
      ListId list, Instant before, @Nullable ArchivedPost after, int limit) {
    String index = indices.posts();
    Query query =
        Query.of(q ->
            q.bool(b ->
                b.filter(of(list))
                    .filter(
                        f -> f.range(r -> r.date(d -> d.field("date").lt(before.toString()))))));
    return connection
        .search(
            "looking for old posts",
            search -> {
              search
                  .index(index)
                  .query(query)
                  .size(limit)
                  .trackTotalHits(t -> t.enabled(false))
                  .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
                  .sort(by("date", SortOrder.Asc), by("id", SortOrder.Asc));
              return after == null
                  ? search
                  : search.searchAfter(
                      FieldValue.of(after.date().toEpochMilli()),
                      FieldValue.of(after.id().value()));
            },
            PostDocument.class)
        .hits()
        .hits()
        .stream()
        .map(hit -> source(hit).post())
        .toList();
  }

  ThreadPage threads(ListId list, @Nullable YearMonth month, int before, int limit) {
    String index = indices.posts();
    SearchResponse<PostDocument> response =
        connection.search(
            "listing threads",
            search ->
                search
                    .index(index)
                    .query(in(list, month, null))
                    .from(Math.min(before, ArchiveIndex.MAX_THREADS_BEFORE))
                    .size(limit + 1)
                    .trackTotalHits(t -> t.enabled(false))
                    .source(s -> s.filter(f -> f.excludes(PostDocument.NOT_FOR_PAGES)))
                    .collapse(c -> c.field("thread"))
                    .sort(by("date", SortOrder.Desc), by("id", SortOrder.Asc)),
            PostDocument.class);
    List<ArchivedPost> latest =
        response.hits().hits().stream().map(hit -> source(hit).post()).toList();
    List<ArchivedPost> page = latest.subList(0, Math.min(limit, latest.size()));
    Integer next =
        latest.size() > limit && before + limit <= ArchiveIndex.MAX_THREADS_BEFORE
            ? before + limit
            : null;
    return new ThreadPage(summaries(index, list, page), next);
  }

  private List<ThreadSummary> summaries(String index, ListId list, List<ArchivedPost> posts) {
    if (posts.isEmpty()) {
      return List.of();
    }
    List<String> threads = posts.stream().map(post -> post.thread().value()).toList();
    Map<ArchiveId, ArchivedPost> firsts = new HashMap<>();
    connection
        .documents(
            "reading the first posts of threads",
            get -> get.index(index).ids(threads).sourceExcludes(PostDocument.NOT_FOR_PAGES),
            PostDocument.class)
        .forEach(document -> {
          PostDocument first = document.source();
          if (first != null) {
            firsts.put(first.id(), first.post());
          }
        });
    SearchResponse<Void> counted =
        connection.search(
            "counting threads",
            search ->
                search
                    .index(index)
                    .size(0)
                    .trackTotalHits(t -> t.enabled(false))
                    .query(PostQueries.having(list, "thread", threads))
                    .aggregations(
                        "threads",
                        a ->
                            a.terms(t ->
                                    t.field("thread")
                                        .size(threads.size())
                                        .executionHint(TermsAggregationExecutionHint.Map))
                                .aggregations("last", l -> l.max(m -> m.field("date")))),
            Void.class);
    Map<ArchiveId, ThreadSummary> summaries = new HashMap<>();
    var buckets = counted.aggregations().get("threads");
    if (buckets != null) {
      for (StringTermsBucket bucket : buckets.sterms().buckets().array()) {
        ArchiveId thread = ArchiveId.of(bucket.key().stringValue());
        ArchivedPost first = firsts.get(thread);
        var last = bucket.aggregations().get("last");
        Double millis = last == null ? null : last.max().value();
        if (first != null && millis != null) {
          summaries.put(
              thread,
              new ThreadSummary(
                  first, bucket.docCount(), Instant.ofEpochMilli(millis.longValue())));
        }
      }
    }
    return posts.stream()
        .map(post -> summaries.getOrDefault(post.thread(), new ThreadSummary(post, 1, post.date())))
        .toList();
  }
}
