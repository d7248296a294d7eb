package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.IntervalsQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.TextQueryType;
import co.elastic.clients.elasticsearch._types.query_dsl.ZeroTermsQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.Queries;
import org.milena.archive.search.Query.Aged;
import org.milena.archive.search.Query.All;
import org.milena.archive.search.Query.And;
import org.milena.archive.search.Query.Before;
import org.milena.archive.search.Query.Between;
import org.milena.archive.search.Query.Blob;
import org.milena.archive.search.Query.Dated;
import org.milena.archive.search.Query.Form;
import org.milena.archive.search.Query.InLists;
import org.milena.archive.search.Query.InThread;
import org.milena.archive.search.Query.Is;
import org.milena.archive.search.Query.Near;
import org.milena.archive.search.Query.Not;
import org.milena.archive.search.Query.OfList;
import org.milena.archive.search.Query.OfMessageId;
import org.milena.archive.search.Query.OfThreads;
import org.milena.archive.search.Query.Or;
import org.milena.archive.search.Query.PatchId;
import org.milena.archive.search.Query.References;
import org.milena.archive.search.Query.Side;
import org.milena.archive.search.Query.Sized;
import org.milena.archive.search.Query.Timestamp;
import org.milena.archive.search.Query.Trait;
import org.milena.archive.search.Query.Words;
import org.milena.archive.search.Query.Xor;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * Turns the tree of a query into the search engine's own, without scripts.
 *
 * <p>What has no words stands in filters: it is cached and costs no score. A word is looked for
 * field by field, and the field that it fits best counts. Trees are at most as deep as brackets may
 * be.
 */
final class QueryCompiler {
  /** Expansions of a phrase whose last word may go on. */
  private static final int MAX_EXPANSIONS = 1000;

  /** The shortest that git prints of itself. */
  private static final int SHORT_OBJECT_ID = 7;

  private QueryCompiler() {}

  /** The query within these lists. */
  static Query compile(Collection<ListId> lists, org.milena.archive.search.Query query) {
    return Query.of(q ->
        q.bool(b -> {
          b.filter(inLists(lists));
          return scores(query) ? b.must(compile(query, false)) : b.filter(compile(query, false));
        }));
  }

  private static boolean scores(org.milena.archive.search.Query query) {
    return Queries.hasWords(query);
  }

  private static Query compile(org.milena.archive.search.Query query, boolean negated) {
    return switch (query) {
      case All() -> Query.of(q -> q.matchAll(m -> m));
      case And(var all) ->
          Query.of(q ->
              q.bool(b -> {
                for (org.milena.archive.search.Query part : all) {
                  if (part instanceof Not(var inner)) {
                    b.mustNot(compile(inner, !negated));
                  } else if (scores(part)) {
                    b.must(compile(part, negated));
                  } else {
                    b.filter(compile(part, negated));
                  }
                }
                return b;
              }));
      case Or(var any) ->
          Query.of(q ->
              q.bool(b ->
                  b.should(any.stream().map(part -> compile(part, negated)).toList())
                      .minimumShouldMatch("1")));
      case Xor(var one, var other) -> either(compile(one, negated), compile(other, negated));
      case Not(var part) -> not(compile(part, !negated));
      case Words words -> words(words, negated);
      case Near near -> near(near);
      case Between(var timestamp, var from, var until) -> between(timestamp, from, until);
      case InLists(var lists) -> inLists(lists);
      case OfThreads(var threads) -> inThreads(threads);
      case OfMessageId(String id, boolean beginning) ->
          beginning ? prefix("messageId", id) : term("messageId", id);
      case References(String id) ->
          Query.of(q -> q.bool(b -> b.filter(term("links", id)).mustNot(term("messageId", id))));
      case Is(Trait trait) ->
          switch (trait) {
            case HAS_ATTACHMENT -> flag("hasAttachments", true);
            case PATCH -> flag("patch", true);
            case REPLY -> flag("reply", true);
            case THREAD_START -> flag("reply", false);
          };
      case Sized(boolean larger, long octets) ->
          Query.of(q ->
              q.range(r ->
                  r.number(n ->
                      larger
                          ? n.field("size").gt((double) octets)
                          : n.field("size").lt((double) octets))));
      case Blob(Side side, String id) -> blob(side, id);
      case PatchId(String id) -> term("patchId", id);
      case OfList _, Dated _, Before _, Aged _, InThread _ ->
          throw new IllegalStateException("nobody said what is meant: " + query);
    };
  }

  private static Query not(Query query) {
    return Query.of(q -> q.bool(b -> b.mustNot(query)));
  }

  private static Query either(Query one, Query other) {
    return Query.of(q ->
        q.bool(b ->
            b.should(s -> s.bool(first -> first.must(one).mustNot(other)))
                .should(s -> s.bool(second -> second.must(other).mustNot(one)))
                .minimumShouldMatch("1")));
  }

  /**
   * Words that the analyser makes several of ({@code e1000e-driver}) must stand beside each other,
   * like those in quotes. Where nothing is left of them, they ask for nothing.
   */
  private static Query words(Words words, boolean negated) {
    boolean beginning = words.form() == Form.BEGINNING;
    boolean single = words.text().codePoints().allMatch(QueryCompiler::isWithinWord);
    return Query.of(q ->
        q.multiMatch(m -> {
          m.query(words.text())
              .fields(SearchFields.of(words.field()))
              .zeroTermsQuery(negated ? ZeroTermsQuery.None : ZeroTermsQuery.All)
              .type(
                  !beginning
                      ? TextQueryType.Phrase
                      // every word that begins so; behind other words, the first of them
                      : single ? TextQueryType.BoolPrefix : TextQueryType.PhrasePrefix);
          if (beginning && !single) {
            m.maxExpansions(MAX_EXPANSIONS);
          }
          // the index holds words as they stand beside their stems
          return words.form() == Form.STEM ? m : m.analyzer(SearchFields.EXACT);
        }));
  }

  /** Each sign of a script without spaces is a word to the analyser. */
  private static boolean isWithinWord(int character) {
    return Character.isLetterOrDigit(character)
        && switch (Character.UnicodeScript.of(character)) {
          case HAN, HIRAGANA, KATAKANA -> false;
          default -> true;
        };
  }

  private static Query near(Near near) {
    int gaps = (near.distance() - 1) * (near.words().size() - 1);
    List<Query> fields = new ArrayList<>();
    for (String boosted : SearchFields.of(near.words().getFirst().field())) {
      int sign = boosted.indexOf('^');
      String field = sign < 0 ? boosted : boosted.substring(0, sign);
      float boost = sign < 0 ? 1 : Float.parseFloat(boosted.substring(sign + 1));
      IntervalsQuery intervals =
          IntervalsQuery.of(i ->
              i.field(field)
                  .boost(boost)
                  .allOf(all -> {
                    all.ordered(near.inOrder()).maxGaps(gaps);
                    for (Words words : near.words()) {
                      all.intervals(one ->
                          one.match(m -> {
                            m.query(words.text()).ordered(true).maxGaps(0);
                            return words.form() == Form.EXACT ? m.analyzer(SearchFields.EXACT) : m;
                          }));
                    }
                    return all;
                  }));
      fields.add(Query.of(q -> q.intervals(intervals)));
    }
    return Query.of(q -> q.disMax(d -> d.queries(fields)));
  }

  private static Query between(
      Timestamp timestamp, @Nullable Instant from, @Nullable Instant until) {
    String field =
        switch (timestamp) {
          case WRITTEN -> "date";
          case RECEIVED -> "receivedAt";
        };
    return Query.of(q ->
        q.range(r ->
            r.date(d -> {
              d.field(field).format("epoch_millis");
              if (from != null) {
                d.gte(String.valueOf(from.toEpochMilli()));
              }
              if (until != null) {
                d.lt(String.valueOf(until.toEpochMilli()));
              }
              return d;
            })));
  }

  /** Mails name contents by the beginning of their ids: one may be shorter than the other. */
  private static Query blob(Side side, String id) {
    List<FieldValue> shorter = new ArrayList<>();
    for (int length = SHORT_OBJECT_ID; length < id.length(); length++) {
      shorter.add(FieldValue.of(id.substring(0, length)));
    }
    List<Query> any = new ArrayList<>();
    for (String field : SearchFields.blobs(side)) {
      any.add(prefix(field, id));
      if (!shorter.isEmpty()) {
        any.add(Query.of(q -> q.terms(t -> t.field(field).terms(v -> v.value(shorter)))));
      }
    }
    return Query.of(q -> q.bool(b -> b.should(any).minimumShouldMatch("1")));
  }

  private static Query term(String field, String value) {
    return Query.of(q -> q.term(t -> t.field(field).value(value)));
  }

  private static Query flag(String field, boolean value) {
    return Query.of(q -> q.term(t -> t.field(field).value(value)));
  }

  private static Query prefix(String field, String value) {
    return Query.of(q -> q.prefix(p -> p.field(field).value(value)));
  }

  private static Query inThreads(Set<ArchiveId> threads) {
    List<FieldValue> values =
        threads.stream().map(thread -> FieldValue.of(thread.value())).toList();
    return Query.of(q -> q.terms(t -> t.field("thread").terms(v -> v.value(values))));
  }

  static Query inLists(Collection<ListId> lists) {
    List<FieldValue> values = lists.stream().map(list -> FieldValue.of(list.value())).toList();
    return Query.of(q -> q.terms(t -> t.field("list").terms(v -> v.value(values))));
  }
}
