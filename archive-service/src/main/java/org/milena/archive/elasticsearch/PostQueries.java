package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/** Pieces of queries for posts. */
final class PostQueries {

  static Query of(ListId list) {
    return Query.of(q -> q.term(t -> t.field("list").value(list.value())));
  }

  /** Posts of a list that have one of these values in a field, whole. */
  static Query having(ListId list, String field, Collection<String> values) {
    List<FieldValue> terms = values.stream().map(FieldValue::of).toList();
    return Query.of(q ->
        q.bool(b ->
            b.filter(of(list))
                .filter(f -> f.terms(t -> t.field(field).terms(v -> v.value(terms))))));
  }

  static Query in(ListId list, @Nullable YearMonth month, @Nullable ArchiveId thread) {
    return Query.of(q ->
        q.bool(b -> {
          b.filter(of(list));
          if (thread != null) {
            b.filter(f -> f.term(t -> t.field("thread").value(thread.value())));
          }
          if (month != null) {
            String from = month.atDay(1) + "T00:00:00Z";
            String until = month.plusMonths(1).atDay(1) + "T00:00:00Z";
            b.filter(f -> f.range(r -> r.date(d -> d.field("date").gte(from).lt(until))));
          }
          return b;
        }));
  }

  static PostDocument source(Hit<PostDocument> hit) {
    PostDocument document = hit.source();
    if (document == null) {
      throw new IllegalStateException("a post without content: " + hit.id());
    }
    return document;
  }

  /** What an aggregation by thread counted; none where there is no document at all. */
  static Set<ArchiveId> threads(@Nullable Aggregate counted) {
    Set<ArchiveId> threads = new HashSet<>();
    if (counted != null) {
      counted
          .sterms()
          .buckets()
          .array()
          .forEach(bucket -> threads.add(ArchiveId.of(bucket.key().stringValue())));
    }
    return threads;
  }

  static SortOptions by(String field, SortOrder order) {
    return SortOptions.of(s -> s.field(f -> f.field(field).order(order)));
  }

  private PostQueries() {}
}
