package org.milena.archive.search;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.milena.archive.search.Query.Field;

/** Trees of queries in tests. */
final class Trees {

  static Query valid(String typed) {
    return switch (QueryParser.parse(typed)) {
      case ParsedQuery.Valid(Query query) -> query;
      case ParsedQuery.Invalid(QueryProblem problem) ->
          throw new AssertionError(typed + " is refused: " + problem);
    };
  }

  /** All brackets there are: round for And, square for Or, sharp for Xor, curly for Near. */
  static String show(Query query) {
    return switch (query) {
      case Query.All() -> "all";
      case Query.And(var all) -> "(" + show(all, " ") + ")";
      case Query.Or(var any) -> "[" + show(any, " ") + "]";
      case Query.Xor(Query one, Query other) -> "<" + show(one) + " " + show(other) + ">";
      case Query.Not(Query not) -> "-" + show(not);
      case Query.Near(var words, int distance, boolean inOrder) ->
          "{" + show(words, (inOrder ? " ADJ/" : " NEAR/") + distance + " ") + "}";
      case Query.Words(Field field, String text, Query.Form form) ->
          (field == Field.ANY ? "" : field + ":")
              + switch (form) {
                case STEM -> text;
                case EXACT -> "'" + text + "'";
                case BEGINNING -> text + "*";
              };
      case Query.Blob(Query.Side side, String id) -> "blob:" + side + ":" + id;
      case Query.PatchId(String id) -> "patch:" + id;
      case Query.OfList(String text, boolean idOnly) -> (idOnly ? "id:" : "list:") + text;
      case Query.OfMessageId(String id, boolean beginning) -> "mid:" + id + (beginning ? "*" : "");
      case Query.Is(Query.Trait trait) -> trait.toString();
      case Query.Sized(boolean larger, long octets) -> (larger ? ">" : "<") + octets;
      case Query.InThread(Query part) -> "thread:" + show(part);
      case Query.Dated _, Query.Before _, Query.Aged _, Query.References _ ->
          QueryPrinter.print(query);
      case Query.Between _, Query.InLists _, Query.OfThreads _ -> query.toString();
    };
  }

  private static String show(List<? extends Query> parts, String between) {
    return parts.stream().map(Trees::show).collect(joining(between));
  }

  private Trees() {}
}
