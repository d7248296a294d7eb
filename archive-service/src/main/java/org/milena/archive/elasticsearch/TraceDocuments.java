package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.milena.archive.trace.TraceEntry;
import org.milena.archive.trace.TraceStore;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.stage.RefusedRecordsException;

/**
 * Keeps the lines of stories, an index a month: without by-query APIs only a whole index can be
 * removed when its time is over. The month is that of the line, so a line that comes again goes to
 * the same place.
 */
public final class TraceDocuments implements TraceStore {
  private static final int PAGE = 500;

  private final SearchConnection connection;
  private final StoryIndices indices;

  /** In these indices. */
  public TraceDocuments(SearchConnection connection, StoryIndices indices) {
    this.connection = connection;
    this.indices = indices;
  }

  @Override
  public void add(List<TraceEntry> entries) {
    Bulk bulk = Bulk.of(connection, "keeping stories", PlainDocuments.story());
    Map<String, RecordPosition> sources = new HashMap<>();
    for (TraceEntry entry : entries) {
      TraceDocument document = TraceDocument.of(entry);
      sources.put(document.id(), entry.source());
      String index = indices.of(YearMonth.from(document.at().atOffset(ZoneOffset.UTC)));
      long size = 500 + (document.recipients() == null ? 0 : 400L * document.recipients().size());
      bulk.add(
          BulkOperation.of(
              op -> op.index(write -> write.index(index).id(document.id()).document(document))),
          size);
    }
    try {
      bulk.flush();
    } catch (DocumentsRefusedException e) {
      Map<RecordPosition, String> reasons = new HashMap<>();
      e.reasons()
          .forEach((id, why) -> reasons.put(Objects.requireNonNull(sources.get(id), id), why));
      throw new RefusedRecordsException(reasons);
    }
  }

  @Override
  public List<MailId> mails(String messageId, int max) {
    Set<MailId> mails = new LinkedHashSet<>();
    page(
            Query.of(q -> q.term(t -> t.field("messageId").value(messageId))),
            SortOrder.Desc,
            List.of())
        .forEach(hit -> mails.add(source(hit).mailId()));
    return mails.stream().limit(max).toList();
  }

  @Override
  public List<MailEvent> events(MailId mail) {
    List<MailEvent> events = new ArrayList<>();
    Query query =
        Query.of(q ->
            q.bool(b ->
                b.filter(of(mail))
                    .mustNot(n -> n.term(t -> t.field("kind").value(TraceDocument.RESULT)))));
    all(
        query,
        document -> {
          MailEvent event = document.event();
          if (event != null) {
            events.add(event);
          }
        });
    return events;
  }

  @Override
  public void results(MailId mail, Consumer<DeliveryResult> each) {
    all(resultsOf(mail), shown(each));
  }

  @Override
  public boolean results(
      MailId mail, Collection<ListId> lists, int most, Consumer<DeliveryResult> each) {
    List<FieldValue> names = lists.stream().map(list -> FieldValue.of(list.value())).toList();
    Query query =
        Query.of(q ->
            q.bool(b ->
                b.filter(resultsOf(mail))
                    .filter(n -> n.terms(t -> t.field("list").terms(v -> v.value(names))))));
    return upTo(most, query, shown(each));
  }

  private static Query resultsOf(MailId mail) {
    return Query.of(q ->
        q.bool(b ->
            b.filter(of(mail))
                .filter(n -> n.term(t -> t.field("kind").value(TraceDocument.RESULT)))));
  }

  private static Consumer<TraceDocument> shown(Consumer<DeliveryResult> each) {
    return document -> {
      DeliveryResult result = document.result();
      if (result != null) {
        each.accept(result);
      }
    };
  }

  /** Lets searches see everything that was kept before, instead of within a second. */
  public void show() {
    var unused =
        connection.call(
            "showing stories", client -> client.indices().refresh(r -> r.index(indices.all())));
  }

  private static Query of(MailId mail) {
    return Query.of(q -> q.term(t -> t.field("mailId").value(mail.toString())));
  }

  private void all(Query query, Consumer<TraceDocument> each) {
    var _ = upTo(Integer.MAX_VALUE, query, each);
  }

  /** Whether there were no more. */
  private boolean upTo(int most, Query query, Consumer<TraceDocument> each) {
    List<FieldValue> after = List.of();
    int shown = 0;
    while (true) {
      List<Hit<TraceDocument>> hits = page(query, SortOrder.Asc, after);
      for (Hit<TraceDocument> hit : hits) {
        if (shown++ == most) {
          return false;
        }
        each.accept(source(hit));
        after = hit.sort();
      }
      if (hits.size() < PAGE) {
        return true;
      }
    }
  }

  private List<Hit<TraceDocument>> page(Query query, SortOrder order, List<FieldValue> after) {
    return connection
        .search(
            "reading stories",
            search -> {
              search
                  .index(indices.all())
                  .ignoreUnavailable(true)
                  .query(query)
                  .size(PAGE)
                  .trackTotalHits(t -> t.enabled(false))
                  .sort(by("at", order), by("id", order));
              return after.isEmpty() ? search : search.searchAfter(after);
            },
            TraceDocument.class)
        .hits()
        .hits();
  }

  private static SortOptions by(String field, SortOrder order) {
    return SortOptions.of(s -> s.field(f -> f.field(field).order(order)));
  }

  private static TraceDocument source(Hit<TraceDocument> hit) {
    TraceDocument document = hit.source();
    if (document == null) {
      throw new IllegalStateException("a line without content: " + hit.id());
    }
    return document;
  }
}
