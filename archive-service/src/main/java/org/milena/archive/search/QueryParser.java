package org.milena.archive.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;

/**
 * Reads queries:
 *
 * <pre>
 * kernel panic          both words, anywhere
 * "kernel panic"        beside each other
 * panic -oops           not that word
 * boot OR start         one of them; OR binds closer than what stands side by side
 * (a b) OR c            brackets
 * config*               words that begin so
 * s: f: t: b: n:        subject, from, to or cc, body, file name   (subject: from: to: body: filename:)
 * d:20260101..20260131  days, both inclusive; d:2026-01 a month; d:2026.. since then
 * after: before:        since the beginning of a day, until the beginning of a day
 * l:dev@example.org     a list (list:)
 * m:id@host             a Message-ID
 * has:attachment
 * </pre>
 *
 * Prefixes that are none are words. What does not close is closed at the end.
 */
public final class QueryParser {
  private static final int MAX_LENGTH = 1000;
  private static final int MAX_TERMS = 60;
  private static final int MAX_DEPTH = 10;

  /** What is being put together between two brackets. */
  private static final class Level {
    final boolean negated;
    final List<List<Query>> all = new ArrayList<>();
    boolean either;

    Level(boolean negated) {
      this.negated = negated;
    }

    void add(Query query) {
      if (query instanceof Query.All) {
        return; // signs without words ask for nothing
      }
      if (either && !all.isEmpty()) {
        all.getLast().add(query);
      } else {
        List<Query> any = new ArrayList<>();
        any.add(query);
        all.add(any);
      }
      either = false;
    }

    @Nullable Query query() {
      List<Query> parts = new ArrayList<>();
      for (List<Query> any : all) {
        parts.add(any.size() == 1 ? any.getFirst() : new Query.Or(any));
      }
      if (parts.isEmpty()) {
        return null;
      }
      Query query = parts.size() == 1 ? parts.getFirst() : new Query.And(parts);
      return negated ? new Query.Not(query) : query;
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();
  private boolean hasWords;

  private QueryParser() {}

  /** Reads what somebody typed. */
  public static ParsedQuery parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return new ParsedQuery.Invalid(
          "A query may have " + MAX_LENGTH + " characters, and this has " + text.length() + ".");
    }
    List<QueryTokens.Token> tokens = QueryTokens.of(text);
    if (tokens.size() > MAX_TERMS) {
      return new ParsedQuery.Invalid(
          "A query may have " + MAX_TERMS + " parts, and this has " + tokens.size() + ".");
    }
    return new QueryParser().read(tokens);
  }

  private ParsedQuery read(List<QueryTokens.Token> tokens) {
    levels.push(new Level(false));
    for (QueryTokens.Token token : tokens) {
      switch (token) {
        case QueryTokens.Open(boolean negated) -> {
          if (levels.size() > MAX_DEPTH) {
            return new ParsedQuery.Invalid(
                "Brackets may be " + MAX_DEPTH + " deep, and these are deeper.");
          }
          levels.push(new Level(negated));
        }
        case QueryTokens.Close() -> {
          if (levels.size() > 1) {
            close();
          }
        }
        case QueryTokens.Either() -> top().either = true;
        case QueryTokens.Term term -> {
          switch (term(term)) {
            case ParsedQuery.Invalid invalid -> {
              return invalid;
            }
            case ParsedQuery.Valid(Query query, boolean words) -> {
              hasWords |= words && !term.negated();
              boolean nothing = query instanceof Query.All;
              top().add(term.negated() && !nothing ? new Query.Not(query) : query);
            }
          }
        }
      }
    }
    while (levels.size() > 1) {
      close();
    }
    Query query = top().query();
    return new ParsedQuery.Valid(query == null ? new Query.All() : query, hasWords);
  }

  private Level top() {
    return levels.getFirst();
  }

  private void close() {
    Query inner = levels.pop().query();
    if (inner != null) {
      top().add(inner);
    }
  }

  private static ParsedQuery term(QueryTokens.Term term) {
    String text = term.text().strip();
    Optional<Prefix> prefix = Prefix.find(term.prefix());
    if (prefix.isEmpty()) {
      return words(Query.Field.ANY, term);
    }
    return switch (prefix.get()) {
      case SUBJECT -> words(Query.Field.SUBJECT, term);
      case FROM -> words(Query.Field.FROM, term);
      case TO -> words(Query.Field.TO, term);
      case BODY -> words(Query.Field.BODY, term);
      case FILE -> words(Query.Field.FILE, term);
      case DATE -> dates(text);
      case AFTER ->
          QueryDates.parse(text)
              .<ParsedQuery>map(span -> valid(new Query.Dated(span.from(), null)))
              .orElseGet(() -> noDate(text));
      case BEFORE ->
          QueryDates.parse(text)
              .<ParsedQuery>map(span -> valid(new Query.Dated(null, span.from())))
              .orElseGet(() -> noDate(text));
      case LIST -> valid(list(text));
      case MESSAGE_ID -> valid(new Query.OfMessageId(text.replaceAll("^<|>$", "")));
      case HAS ->
          text.toLowerCase(Locale.ROOT).matches("attachments?|files?")
              ? valid(new Query.HasAttachment())
              : new ParsedQuery.Invalid("has: is followed by attachment, not by " + text + ".");
    };
  }

  private static ParsedQuery words(Query.Field field, QueryTokens.Term term) {
    String text = term.text().strip();
    boolean prefix = !term.quoted() && text.length() > 1 && text.endsWith("*");
    String bare = prefix ? text.substring(0, text.length() - 1) : text;
    boolean any = bare.codePoints().anyMatch(Character::isLetterOrDigit);
    // signs alone are no words to any analyser; they must not make the query find nothing
    return any
        ? new ParsedQuery.Valid(new Query.Words(field, bare, prefix), true)
        : valid(new Query.All());
  }

  private static ParsedQuery dates(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      return QueryDates.parse(text)
          .<ParsedQuery>map(span -> valid(new Query.Dated(span.from(), span.until())))
          .orElseGet(() -> noDate(text));
    }
    String first = text.substring(0, dots);
    String last = text.substring(dots + 2);
    Optional<QueryDates.Span> from = QueryDates.parse(first);
    Optional<QueryDates.Span> until = QueryDates.parse(last);
    if (from.isEmpty() && !first.isEmpty()) {
      return noDate(first);
    }
    if (until.isEmpty() && !last.isEmpty()) {
      return noDate(last);
    }
    return valid(
        new Query.Dated(
            from.map(QueryDates.Span::from).orElse(null),
            until.map(QueryDates.Span::until).orElse(null)));
  }

  private static Query list(String text) {
    return MailAddress.parse(text) instanceof ParsedAddress.Valid(var address)
        ? new Query.OfList(address, text)
        : new Query.OfList(null, text);
  }

  private static ParsedQuery.Valid valid(Query query) {
    return new ParsedQuery.Valid(query, false);
  }

  private static ParsedQuery noDate(String text) {
    return new ParsedQuery.Invalid(
        "\"" + text + "\" is not a date: write 20260131, 2026-01-31, 2026-01 or 2026.");
  }
}
