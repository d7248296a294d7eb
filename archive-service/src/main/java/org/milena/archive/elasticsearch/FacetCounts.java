package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch.core.SearchRequest.Builder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.Person;
import org.milena.archive.search.Facets;
import org.milena.archive.search.SearchRequest;
import org.milena.common.mail.ListId;

/**
 * Counts what found posts are like: in a request of its own beside the one for the posts, which is
 * answered meanwhile. The search engine keeps the counts, at most until posts come or go, which it
 * does not do where posts are asked for in the same request.
 */
final class FacetCounts {
  private static final int LISTS = 20;
  private static final int AUTHORS = 10;
  private static final String COUNTING = "counting what was found";

  private FacetCounts() {}

  /**
   * Begins to count.
   *
   * @param snapshot the state in which to count; null for that of now
   */
  static Beside<Facets> begin(
      SearchConnection connection, String index, SearchRequest request, @Nullable String snapshot) {
    return Beside.begin(COUNTING, () -> count(connection, index, request, snapshot));
  }

  private static Facets count(
      SearchConnection connection, String index, SearchRequest request, @Nullable String snapshot) {
    return of(
        connection
            .search(COUNTING, search -> build(search, index, request, snapshot), Void.class)
            .aggregations());
  }

  private static Builder build(
      Builder search, String index, SearchRequest request, @Nullable String snapshot) {
    if (snapshot == null) {
      search.index(index);
    } else {
      search.pit(p -> p.id(snapshot).keepAlive(Snapshots.KEEP));
    }
    return search
        .query(q ->
            q.constantScore(c -> c.filter(QueryCompiler.compile(request.lists(), request.query()))))
        .size(0)
        .trackTotalHits(t -> t.enabled(false))
        .aggregations("lists", a -> a.terms(t -> t.field("list").size(LISTS)))
        .aggregations(
            "authors",
            a ->
                a.terms(t -> t.field("authorKey").size(AUTHORS))
                    // from a column: to read the posts themselves takes longer than the search
                    .aggregations("name", n -> n.terms(t -> t.field("authorName").size(1))))
        .aggregations(
            "years",
            a ->
                a.dateHistogram(
                    d -> d.field("date").calendarInterval(CalendarInterval.Year).minDocCount(1)))
        .aggregations(
            "attachments", a -> a.filter(f -> f.term(t -> t.field("hasAttachments").value(true))))
        .aggregations("patches", a -> a.filter(f -> f.term(t -> t.field("patch").value(true))));
  }

  private static Facets of(Map<String, Aggregate> counts) {
    List<Facets.OfList> lists = new ArrayList<>();
    for (StringTermsBucket bucket : one(counts, "lists").sterms().buckets().array()) {
      lists.add(new Facets.OfList(ListId.of(bucket.key().stringValue()), bucket.docCount()));
    }
    List<Facets.OfAuthor> authors = new ArrayList<>();
    for (StringTermsBucket bucket : one(counts, "authors").sterms().buckets().array()) {
      authors.add(new Facets.OfAuthor(author(bucket), bucket.docCount()));
    }
    List<Facets.OfYear> years = new ArrayList<>();
    one(counts, "years")
        .dateHistogram()
        .buckets()
        .array()
        .forEach(bucket ->
            years.add(
                new Facets.OfYear(
                    Instant.ofEpochMilli(bucket.key()).atOffset(ZoneOffset.UTC).getYear(),
                    bucket.docCount())));
    return new Facets(
        lists,
        authors,
        years.reversed(),
        one(counts, "attachments").filter().docCount(),
        one(counts, "patches").filter().docCount());
  }

  /** With the name that he has most often in what was found. */
  private static Person author(StringTermsBucket bucket) {
    String key = bucket.key().stringValue();
    String name =
        one(bucket.aggregations(), "name").sterms().buckets().array().stream()
            .map(found -> found.key().stringValue())
            .findFirst()
            .orElse("");
    return key.equals(name.toLowerCase(Locale.ROOT)) ? new Person(name, "") : new Person(name, key);
  }

  private static Aggregate one(Map<String, Aggregate> counts, String name) {
    Aggregate count = counts.get(name);
    if (count == null) {
      throw new IllegalStateException("the search engine did not count " + name);
    }
    return count;
  }
}
