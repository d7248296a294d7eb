package org.milena.archive.search;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.Query.Timestamp;

/**
 * Writes a query in one canonical form: short prefixes, {@code OR}, brackets only where they are
 * needed. {@link QueryParser} reads the same tree from it again.
 */
public final class QueryPrinter {
  private static final int OR = 0;
  private static final int XOR = 1;
  private static final int AND = 2;
  private static final int ONE = 3;

  /**
   * The query as text.
   *
   * @throws IllegalArgumentException for what has no form in text: lists and threads by id
   */
  public static String print(Query query) {
    return print(query, OR);
  }

  /**
   * @param level how close the place binds where it stands
   */
  private static String print(Query query, int level) {
    return switch (query) {
      case Query.All() -> "*";
      case Query.Or(var any) -> bracket(level > OR, join(any, " OR ", XOR));
      case Query.Xor(Query one, Query other) ->
          bracket(level > XOR, print(one, XOR) + " XOR " + print(other, AND));
      case Query.And(var all) -> bracket(level > AND, join(all, " ", ONE));
      case Query.Not(Query.Near near) -> "-(" + print(near, OR) + ")";
      case Query.Not(Query part) -> not(print(part, ONE));
      case Query.Near(var words, int distance, boolean inOrder) ->
          join(words, (inOrder ? " ADJ/" : " NEAR/") + distance + " ", ONE);
      case Query.Words words -> words(words);
      case Query.Dated(Timestamp timestamp, QueryDate from, QueryDate until) ->
          prefix(timestamp)
              + (from != null && from.equals(until) ? text(from) : text(from) + ".." + text(until));
      case Query.Before(QueryDate date) -> "before:" + date.text();
      case Query.Aged(boolean older, int amount, QueryDate.Unit unit) ->
          (older ? "older_than:" : "newer_than:")
              + amount
              + unit.name().substring(0, 1).toLowerCase(Locale.ROOT);
      case Query.OfList(String text, boolean idOnly) -> (idOnly ? "lid:" : "l:") + value(text);
      case Query.OfMessageId(String id, boolean beginning) -> "m:" + messageId(id, beginning);
      case Query.References(String id) -> "references:" + messageId(id, false);
      case Query.Is(Query.Trait trait) ->
          switch (trait) {
            case HAS_ATTACHMENT -> "has:attachment";
            case PATCH -> "is:patch";
            case REPLY -> "is:reply";
            case THREAD_START -> "is:thread-start";
          };
      case Query.Sized(boolean larger, long octets) -> (larger ? "larger:" : "smaller:") + octets;
      case Query.Blob(Query.Side side, String id) ->
          switch (side) {
                case BEFORE -> "dfpre:";
                case AFTER -> "dfpost:";
                case EITHER -> "dfblob:";
              }
              + id;
      case Query.PatchId(String id) -> "patchid:" + id;
      case Query.InThread(Query part) -> {
        String inside = print(part, OR);
        // a brace that stands in the last word must not take ours for its own
        yield "thread:{" + inside + (inside.indexOf('{') >= 0 ? " }" : "}");
      }
      case Query.Between _, Query.InLists _, Query.OfThreads _ ->
          throw new IllegalArgumentException("this has no form in text: " + query);
    };
  }

  /** A sign counts before letters only. */
  private static String not(String text) {
    int first = text.codePointAt(0);
    boolean sign = Character.isLetterOrDigit(first) || "(\"".indexOf(first) >= 0;
    return (sign || text.equals("*") ? "-" : "NOT ") + text;
  }

  private static String words(Query.Words words) {
    String text =
        switch (words.form()) {
          case STEM -> words.text();
          case EXACT -> "\"" + words.text() + "\"";
          case BEGINNING -> words.text() + "*";
        };
    String field = words.field().prefix();
    if (field.isEmpty()) {
      return text;
    }
    // what would make a prefix none, as in s:// and s::
    boolean apart = ":\\}".indexOf(text.charAt(0)) >= 0 || text.startsWith("//");
    return field + ":" + (apart ? "(" + text + ")" : text);
  }

  private static String prefix(Timestamp timestamp) {
    return switch (timestamp) {
      case WRITTEN -> "d:";
      case RECEIVED -> "rt:";
    };
  }

  private static String text(@Nullable QueryDate date) {
    return date == null ? "" : date.text();
  }

  /** In quotes unless it is sure to be read again as it stands. */
  private static String value(String text) {
    return text.indexOf('"') >= 0 || text.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}.@_+=/$~-]*")
        ? text
        : "\"" + text + "\"";
  }

  private static String messageId(String id, boolean beginning) {
    if (id.indexOf('"') >= 0) {
      return "<" + id + (beginning ? "*" : ">");
    }
    return beginning ? id + "*" : value(id);
  }

  private static String join(List<? extends Query> parts, String between, int level) {
    return parts.stream().map(part -> print(part, level)).collect(Collectors.joining(between));
  }

  private static String bracket(boolean needed, String text) {
    return needed ? "(" + text + ")" : text;
  }

  private QueryPrinter() {}
}
