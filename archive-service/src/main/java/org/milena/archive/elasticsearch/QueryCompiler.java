package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.TextQueryType;
import co.elastic.clients.elasticsearch._types.query_dsl.ZeroTermsQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.milena.archive.search.Query.All;
import org.milena.archive.search.Query.And;
import org.milena.archive.search.Query.Dated;
import org.milena.archive.search.Query.Field;
import org.milena.archive.search.Query.HasAttachment;
import org.milena.archive.search.Query.InLists;
import org.milena.archive.search.Query.Not;
import org.milena.archive.search.Query.OfList;
import org.milena.archive.search.Query.OfMessageId;
import org.milena.archive.search.Query.Or;
import org.milena.archive.search.Query.Words;
import org.milena.common.mail.ListId;

/** Turns the tree of a query into the search engine's own. */
final class QueryCompiler {
  private static final List<String> ANY =
      List.of(
          "subject^3",
          "authorText^2",
          "text.n^1.5",
          "text.q^0.5",
          "text.s^0.3",
          "text.h",
          "text.u",
          "text.a",
          "text.r",
          "text.c",
          "attached",
          "fileNames");
  private static final List<String> BODY =
      List.of(
          "text.n",
          "text.q",
          "text.s",
          "text.h",
          "text.u",
          "text.a",
          "text.r",
          "text.c",
          "attached");

  /** Expansions of a word that may go on. */
  private static final int MAX_EXPANSIONS = 200;

  private QueryCompiler() {}

  /** The query within these lists. */
  static Query compile(Collection<ListId> lists, org.milena.archive.search.Query query) {
    return Query.of(q -> q.bool(b -> b.must(compile(query, false)).filter(inLists(lists))));
  }

  /** Only the words that are looked for, for marking them. */
  static Query words(org.milena.archive.search.Query query) {
    List<Query> words = new ArrayList<>();
    collect(query, words);
    return Query.of(q -> q.bool(b -> b.should(words)));
  }

  private static void collect(org.milena.archive.search.Query query, List<Query> words) {
    switch (query) {
      case And(var all) -> all.forEach(part -> collect(part, words));
      case Or(var any) -> any.forEach(part -> collect(part, words));
      case Words found -> words.add(compile(found, true));
      case All _, Not _, Dated _, OfList _, InLists _, OfMessageId _, HasAttachment _ -> {
        // nothing to mark
      }
    }
  }

  private static Query compile(org.milena.archive.search.Query query, boolean negated) {
    return switch (query) {
      case All() -> Query.of(q -> q.matchAll(m -> m));
      case And(var all) ->
          Query.of(
              q -> q.bool(b -> b.must(all.stream().map(part -> compile(part, negated)).toList())));
      case Or(var any) ->
          Query.of(q ->
              q.bool(b ->
                  b.should(any.stream().map(part -> compile(part, negated)).toList())
                      .minimumShouldMatch("1")));
      case Not(var part) ->
          Query.of(
              q -> q.bool(b -> b.must(m -> m.matchAll(a -> a)).mustNot(compile(part, !negated))));
      case Words words -> words(words, negated);
      case Dated(Instant from, Instant until) ->
          Query.of(q ->
              q.range(r ->
                  r.date(d -> {
                    d.field("date");
                    if (from != null) {
                      d.gte(from.toString());
                    }
                    if (until != null) {
                      d.lt(until.toString());
                    }
                    return d;
                  })));
      case InLists(var lists) -> inLists(lists);
      case OfList list ->
          throw new IllegalStateException("nobody said which list is meant: " + list);
      case OfMessageId(String id) -> Query.of(q -> q.term(t -> t.field("messageId").value(id)));
      case HasAttachment() -> Query.of(q -> q.term(t -> t.field("hasAttachments").value(true)));
    };
  }

  /**
   * Words that the analyser makes several of ({@code e1000e-driver}) must stand beside each other,
   * like those in quotes. Where nothing is left of them, they ask for nothing.
   */
  private static Query words(Words words, boolean negated) {
    List<String> fields = fields(words.field());
    return Query.of(q ->
        q.multiMatch(m -> {
          m.query(words.text())
              .fields(fields)
              .type(words.prefix() ? TextQueryType.PhrasePrefix : TextQueryType.Phrase)
              .zeroTermsQuery(negated ? ZeroTermsQuery.None : ZeroTermsQuery.All);
          if (words.prefix()) {
            // what goes on is no stem yet; the index holds words as they stand beside their stems
            m.maxExpansions(MAX_EXPANSIONS).analyzer("milena_exact");
          }
          return m;
        }));
  }

  private static List<String> fields(Field field) {
    return switch (field) {
      case ANY -> ANY;
      case SUBJECT -> List.of("subject");
      case FROM -> List.of("authorText");
      case TO -> List.of("toText", "ccText");
      case BODY -> BODY;
      case FILE -> List.of("fileNames");
    };
  }

  static Query inLists(Collection<ListId> lists) {
    List<FieldValue> values = lists.stream().map(list -> FieldValue.of(list.value())).toList();
    return Query.of(q -> q.terms(t -> t.field("list").terms(v -> v.value(values))));
  }
}
