package org.milena.archive.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.Query.Field;
import org.milena.archive.search.Query.Form;
import org.milena.archive.search.QueryTokens.Operation;
import org.milena.archive.search.QueryTokens.Operator;
import org.milena.common.directory.SavedSearch;

/**
 * Reads queries; {@code docs/search.md} is their language.
 *
 * <p>NEAR and ADJ bind closest, then NOT and the signs, then AND and what stands side by side, then
 * XOR, then OR: as in Xapian, which is what users of public-inbox know, and as in arithmetic. In
 * one thing it differs from Xapian, where {@code a NOT b c} is {@code a} without {@code b c}: NOT
 * is for the next thing only, like the minus sign.
 *
 * <p>One pass, no recursion. What makes no sense is a {@link QueryProblem} with its place; what may
 * be pasted text is words.
 */
public final class QueryParser {

  /** Characters that a query may have. */
  public static final int MAX_LENGTH = SavedSearch.LONGEST_QUERY;

  private static final int MAX_TERMS = 60;

  /** In up to twelve fields each; search engines with little memory take 1,024 conditions. */
  static final int MAX_WEIGHT = 75;

  private static final int MAX_DEPTH = 10;

  /** Each doubles what the search engine is asked. */
  private static final int MAX_XORS = 2;

  /** Each is a question of its own. */
  private static final int MAX_THREADS = 3;

  /** What is being put together between two brackets. */
  private static final class Level {
    final QueryTokens.@Nullable Open open;
    final Field field;
    final List<Query> any = new ArrayList<>();
    @Nullable Query xor;
    List<Query> all = new ArrayList<>();
    @Nullable Operator joining;
    @Nullable Operator negating;

    Level(QueryTokens.@Nullable Open open, Field field) {
      this.open = open;
      this.field = field;
    }

    void endXorOperand() {
      Query left = xor;
      Query right = Queries.and(all);
      xor = left == null ? right : new Query.Xor(left, right);
      all = new ArrayList<>();
    }

    void endOrOperand() {
      if (!all.isEmpty()) {
        endXorOperand();
      }
      Query operand = xor;
      if (operand != null) {
        any.add(operand);
        xor = null;
      }
    }

    /** Null where nothing is asked for. */
    @Nullable Query query() {
      endOrOperand();
      return any.isEmpty() ? null : Queries.or(any);
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();
  private @Nullable QueryProblem problem;
  private int terms;
  private int xors;
  private int threads;

  private QueryParser() {}

  /** Reads what somebody typed. */
  public static ParsedQuery parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return tooLong(text.length(), text.length());
    }
    QueryParser parser = new QueryParser();
    Query query = parser.read(QueryTokens.of(text), text.length());
    QueryProblem problem = parser.problem;
    if (problem != null) {
      return new ParsedQuery.Invalid(problem);
    }
    if (Queries.weight(query) > MAX_WEIGHT) {
      return new ParsedQuery.Invalid(
          new QueryProblem(QueryMistake.TOO_MUCH_AROUND_XOR, 0, text.length()));
    }
    int canonical = QueryPrinter.print(query).length();
    return canonical > MAX_LENGTH
        ? tooLong(canonical, text.length())
        : new ParsedQuery.Valid(query);
  }

  private static ParsedQuery tooLong(int length, int end) {
    return new ParsedQuery.Invalid(
        new QueryProblem(
            QueryMistake.TOO_LONG, Math.min(MAX_LENGTH, end), end, MAX_LENGTH, length));
  }

  private Query read(List<QueryTokens.Token> tokens, int end) {
    levels.push(new Level(null, Field.ANY));
    for (QueryTokens.Token token : tokens) {
      switch (token) {
        case QueryTokens.Open open -> open(open);
        case QueryTokens.Close close -> close(close);
        case Operator operator -> operator(operator);
        case QueryTokens.Term term -> term(term);
        case QueryTokens.Broken broken -> problem = broken.problem();
      }
      if (problem != null) {
        return new Query.All();
      }
    }
    QueryTokens.Open open = top().open;
    if (open != null) {
      wrong(QueryMistake.BRACKET_NOT_CLOSED, open.until() - 1, end);
    }
    endLevel();
    Query query = top().query();
    return query == null ? new Query.All() : query;
  }

  private Level top() {
    return levels.getFirst();
  }

  private void open(QueryTokens.Open open) {
    if (levels.size() > MAX_DEPTH) {
      wrong(QueryMistake.TOO_DEEP, open, MAX_DEPTH);
      return;
    }
    if (open.thread() && ++threads > MAX_THREADS) {
      wrong(QueryMistake.TOO_MANY_THREADS, open, MAX_THREADS);
      return;
    }
    Field field = open.field();
    levels.push(new Level(open, field != null ? field : top().field));
  }

  private void close(QueryTokens.Close close) {
    QueryTokens.Open open = top().open;
    if (open == null) {
      wrong(QueryMistake.BRACKET_NOT_OPEN, close);
      return;
    }
    if (open.thread() != close.thread()) {
      wrong(QueryMistake.OTHER_BRACKET, open.until() - 1, close.until());
      return;
    }
    endLevel();
    Query inner = levels.pop().query();
    if (inner != null && problem == null) {
      Query query = open.thread() ? new Query.InThread(inner) : inner;
      operand(open.negated() ? Queries.not(query) : query, close.until());
    }
  }

  /** Nothing may wait for its other half. */
  private void endLevel() {
    Level level = top();
    Operator lonely = level.negating != null ? level.negating : level.joining;
    if (problem == null && lonely != null && !lonely.forgiven()) {
      wrong(QueryMistake.NOTHING_AFTER, lonely, lonely.operation());
    }
  }

  private void operator(Operator operator) {
    Level level = top();
    Operator before = level.negating != null ? level.negating : level.joining;
    boolean not = operator.operation() == Operation.NOT;
    if (before != null && (!not || level.negating != null)) {
      if (!operator.forgiven()) {
        wrong(QueryMistake.NOTHING_AFTER, before, before.operation());
      }
      return;
    }
    if (not) {
      level.negating = operator;
      return;
    }
    if (level.all.isEmpty()) {
      if (!operator.forgiven()) {
        wrong(QueryMistake.NOTHING_BEFORE, operator, operator.operation());
      }
      return;
    }
    level.joining = operator;
    switch (operator.operation()) {
      case OR -> level.endOrOperand();
      case XOR -> {
        if (++xors > MAX_XORS) {
          wrong(QueryMistake.TOO_MANY_XORS, operator, MAX_XORS);
        }
        level.endXorOperand();
      }
      case AND, NEAR, ADJ, NOT -> {} // the next operand joins the last one
    }
  }

  private void operand(Query query, int until) {
    Level level = top();
    Operator joining = level.joining;
    Operator negating = level.negating;
    level.joining = null;
    level.negating = null;
    Query operand = negating != null ? Queries.not(query) : query;
    if (joining != null
        && (joining.operation() == Operation.NEAR || joining.operation() == Operation.ADJ)) {
      QueryMistake mistake = near(level, joining, operand);
      if (mistake != null) {
        wrong(mistake, joining.from(), until, joining.operation());
      }
      return;
    }
    level.all.add(operand);
  }

  /** Joins this to the last operand; what is wrong if that can't be. */
  private static @Nullable QueryMistake near(Level level, Operator operator, Query right) {
    boolean inOrder = operator.operation() == Operation.ADJ;
    List<Query.Words> words = new ArrayList<>();
    switch (level.all.removeLast()) {
      case Query.Words first -> words.add(first);
      case Query.Near(var some, int distance, boolean ordered)
          when ordered == inOrder && distance == operator.distance() ->
          words.addAll(some);
      case Query.Near _ -> {
        return QueryMistake.MIXED_NEAR;
      }
      default -> {
        return QueryMistake.NEAR_BETWEEN_WORDS;
      }
    }
    if (!(right instanceof Query.Words last)) {
      return QueryMistake.NEAR_BETWEEN_WORDS;
    }
    words.add(last);
    if (words.stream().anyMatch(one -> one.form() == Form.BEGINNING)) {
      return QueryMistake.NEAR_WITH_STAR;
    }
    if (words.stream().anyMatch(one -> one.field() != last.field())) {
      return QueryMistake.NEAR_IN_PLACES;
    }
    level.all.add(new Query.Near(words, operator.distance(), inOrder));
    return null;
  }

  private void term(QueryTokens.Term term) {
    if (++terms > MAX_TERMS) {
      wrong(QueryMistake.TOO_MANY_TERMS, term, MAX_TERMS);
      return;
    }
    switch (QueryTerms.read(term, top().field)) {
      case QueryTerms.Nothing() -> {} // signs without words
      case QueryTerms.Wrong(QueryProblem wrong) -> problem = wrong;
      case QueryTerms.Found(Query query) ->
          operand(term.negated() ? Queries.not(query) : query, term.until());
    }
  }

  private void wrong(QueryMistake mistake, QueryTokens.Token token, Object... args) {
    wrong(mistake, token.from(), token.until(), args);
  }

  private void wrong(QueryMistake mistake, int from, int until, Object... args) {
    if (problem == null) {
      problem = new QueryProblem(mistake, from, until, args);
    }
  }
}
