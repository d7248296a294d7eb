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
import org.milena.archive.message.Person;
import org.milena.archive.search.Facets;
import org.milena.common.mail.ListId;

/** Counts what found posts are like. */
final class FacetCounts {
  private static final int LISTS = 20;
  private static final int AUTHORS = 10;

  static void ask(Builder search) {
    search
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

  static Facets of(Map<String, Aggregate> counts) {
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

  private FacetCounts() {}
}
