package org.milena.archive.search;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.archive.search.Query.Field;
import org.milena.archive.search.Query.Form;
import org.milena.archive.search.Query.Timestamp;
import org.milena.archive.search.Query.Trait;

/** Reads what stands behind a prefix. */
final class QueryTerms {

  /** What came of it. */
  sealed interface Result {}

  /** Something to look for. */
  record Found(Query query) implements Result {}

  /** Only signs. */
  record Nothing() implements Result {}

  /** It makes no sense behind its prefix. */
  record Wrong(QueryProblem problem) implements Result {}

  private static final int SHORTEST_BEGINNING = 2;
  private static final Pattern STAR_BEFORE = Pattern.compile("\\*+[\\p{L}\\p{N}@._-]+\\**");
  private static final Pattern STAR_INSIDE = Pattern.compile("[\\p{L}\\p{N}]+\\*+[\\p{L}\\p{N}]+");
  private static final Pattern AGE = Pattern.compile("([0-9]{1,5})([hdwmy])");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kmg]?)b?");

  /** Shortest that git prints, and longest that it knows (SHA-256). */
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{4,64}");

  /**
   * @param around the field of the brackets around it
   */
  static Result read(QueryTokens.Term term, Field around) {
    Prefix prefix = term.prefix();
    String text = term.text().strip();
    return switch (prefix) {
      case null -> words(term, around);
      case Prefix.InField(Field field) -> words(term, field);
      case Prefix.Date(Timestamp timestamp) -> dates(term, timestamp, text);
      case Prefix.Blob(Query.Side side) -> {
        String id = text.toLowerCase(Locale.ROOT);
        yield OBJECT_ID.matcher(id).matches()
            ? new Found(new Query.Blob(side, id))
            : wrong(term, QueryMistake.NO_OBJECT_ID);
      }
      case Prefix.Other other -> other(term, other, text);
    };
  }

  private static Result other(QueryTokens.Term term, Prefix.Other prefix, String text) {
    if (text.isEmpty()) {
      return wrong(term, QueryMistake.NOTHING_BEHIND);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return switch (prefix) {
      case AFTER ->
          date(text)
              .<Result>map(date -> new Found(new Query.Dated(Timestamp.WRITTEN, date, null)))
              .orElseGet(() -> noDate(term, text, 0));
      case BEFORE ->
          date(text)
              .<Result>map(date -> new Found(new Query.Before(date)))
              .orElseGet(() -> noDate(term, text, 0));
      case OLDER, NEWER -> age(term, prefix == Prefix.Other.OLDER, lower);
      case LIST -> new Found(new Query.OfList(text, false));
      case LIST_ID -> new Found(new Query.OfList(bare(text), true));
      case MESSAGE_ID -> messageId(term, text);
      case REFERENCES ->
          bare(text).isEmpty()
              ? wrong(term, QueryMistake.NOTHING_BEHIND)
              : new Found(new Query.References(bare(text)));
      case HAS ->
          switch (lower) {
            case "attachment", "attachments", "file", "files" ->
                new Found(new Query.Is(Trait.HAS_ATTACHMENT));
            case "patch", "diff" -> new Found(new Query.Is(Trait.PATCH));
            default -> wrong(term, QueryMistake.HAS);
          };
      case IS ->
          switch (lower) {
            case "patch" -> new Found(new Query.Is(Trait.PATCH));
            case "reply" -> new Found(new Query.Is(Trait.REPLY));
            case "thread-start", "start" -> new Found(new Query.Is(Trait.THREAD_START));
            default -> wrong(term, QueryMistake.IS);
          };
      case LARGER, SMALLER -> size(term, prefix == Prefix.Other.LARGER, lower);
      case PATCH_ID ->
          OBJECT_ID.matcher(lower).matches() && lower.length() == 40
              ? new Found(new Query.PatchId(lower))
              : wrong(term, QueryMistake.NO_PATCH_ID);
      case THREAD ->
          text.indexOf('@') > 0
              ? new Found(new Query.InThread(new Query.OfMessageId(bare(text), false)))
              : wrong(term, QueryMistake.NO_THREAD);
    };
  }

  private static Result messageId(QueryTokens.Term term, String text) {
    boolean beginning = !term.quoted() && text.endsWith("*");
    String id = bare(beginning ? withoutStars(text) : text);
    return id.isEmpty()
        ? wrong(term, QueryMistake.NOTHING_BEHIND)
        : new Found(new Query.OfMessageId(id, beginning));
  }

  private static String withoutStars(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '*') {
      end--;
    }
    return text.substring(0, end);
  }

  /** Without angle brackets. */
  private static String bare(String id) {
    int from = 0;
    int until = id.length();
    while (from < until && (id.charAt(from) == '<' || Character.isWhitespace(id.charAt(from)))) {
      from++;
    }
    while (until > from
        && (id.charAt(until - 1) == '>' || Character.isWhitespace(id.charAt(until - 1)))) {
      until--;
    }
    return id.substring(from, until);
  }

  private static Result words(QueryTokens.Term term, Field field) {
    String text = term.text().strip().replaceAll("\\s+", " ");
    if (!term.quoted() && field == Field.ANY && term.prefix() == null && text.equals("*")) {
      return new Found(new Query.All());
    }
    if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return new Nothing(); // no words to any analyser; they must not make the query find nothing
    }
    if (term.quoted()) {
      return new Found(new Query.Words(field, text, Form.EXACT));
    }
    if (STAR_BEFORE.matcher(text).matches() || STAR_INSIDE.matcher(text).matches()) {
      return wrong(term, QueryMistake.STAR);
    }
    if (!text.endsWith("*")) {
      return new Found(new Query.Words(field, text, Form.STEM));
    }
    String beginning = withoutStars(text);
    return beginning.codePoints().filter(Character::isLetterOrDigit).count() < SHORTEST_BEGINNING
        ? wrong(term, QueryMistake.SHORT_BEGINNING)
        : new Found(new Query.Words(field, beginning, Form.BEGINNING));
  }

  private static Result dates(QueryTokens.Term term, Timestamp timestamp, String text) {
    int dots = text.indexOf("..");
    String first = dots < 0 ? text : text.substring(0, dots).strip();
    String last = dots < 0 ? text : text.substring(dots + 2).strip();
    QueryDate from = date(first).orElse(null);
    QueryDate until = date(last).orElse(null);
    if (from == null && (!first.isEmpty() || last.isEmpty())) {
      return noDate(term, first, 0);
    }
    if (until == null && !last.isEmpty()) {
      return noDate(term, last, term.text().lastIndexOf(last));
    }
    if (from instanceof QueryDate.Fixed one
        && until instanceof QueryDate.Fixed other
        && other.begin().isBefore(one.begin())) {
      return wrong(term, QueryMistake.ENDS_BEFORE);
    }
    return new Found(new Query.Dated(timestamp, from, until));
  }

  private static Optional<QueryDate> date(String text) {
    return text.isEmpty() ? Optional.empty() : QueryDates.parse(text);
  }

  private static Result age(QueryTokens.Term term, boolean older, String text) {
    Matcher matcher = AGE.matcher(text);
    if (!matcher.matches()) {
      return wrong(term, QueryMistake.NO_AGE);
    }
    QueryDate.Unit unit =
        switch (matcher.group(2).charAt(0)) {
          case 'h' -> QueryDate.Unit.HOUR;
          case 'd' -> QueryDate.Unit.DAY;
          case 'w' -> QueryDate.Unit.WEEK;
          case 'm' -> QueryDate.Unit.MONTH;
          default -> QueryDate.Unit.YEAR;
        };
    return new Found(new Query.Aged(older, Integer.parseInt(matcher.group(1)), unit));
  }

  private static Result size(QueryTokens.Term term, boolean larger, String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return wrong(term, QueryMistake.NO_SIZE);
    }
    long unit =
        switch (matcher.group(2)) {
          case "k" -> 1_000L;
          case "m" -> 1_000_000L;
          case "g" -> 1_000_000_000L;
          default -> 1L;
        };
    long size = Math.min(Long.parseLong(matcher.group(1)) * unit, 999_999_999L);
    return new Found(new Query.Sized(larger, size));
  }

  private static Result noDate(QueryTokens.Term term, String text, int at) {
    if (text.isEmpty()) {
      return wrong(term, QueryMistake.NOTHING_DATED);
    }
    int from = term.textFrom() + Math.max(0, at);
    return new Wrong(
        new QueryProblem(
            QueryMistake.NO_DATE,
            from,
            Math.max(from + 1, Math.min(term.until(), from + text.length())),
            text));
  }

  private static Result wrong(QueryTokens.Term term, QueryMistake mistake) {
    return new Wrong(new QueryProblem(mistake, term.from(), term.until(), term.name()));
  }

  private QueryTerms() {}
}
