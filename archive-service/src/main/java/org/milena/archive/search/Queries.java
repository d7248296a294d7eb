package org.milena.archive.search;

import java.util.ArrayList;
import java.util.List;
import org.milena.archive.search.Query.And;
import org.milena.archive.search.Query.Not;
import org.milena.archive.search.Query.Or;

/** Puts trees of queries together in their one normal form, and says what is in them. */
public final class Queries {

  /** What matches all of these; everything where there are none. */
  public static Query and(List<Query> parts) {
    List<Query> all = new ArrayList<>();
    for (Query part : parts) {
      switch (part) {
        case Query.All _ -> {} // asks for nothing more
        case And(var inner) -> all.addAll(inner);
        default -> all.add(part);
      }
    }
    return all.isEmpty() ? new Query.All() : all.size() == 1 ? all.getFirst() : new And(all);
  }

  /**
   * What matches one of these.
   *
   * @param parts one or more
   */
  public static Query or(List<Query> parts) {
    List<Query> any = new ArrayList<>();
    for (Query part : parts) {
      if (part instanceof Or(var inner)) {
        any.addAll(inner);
      } else {
        any.add(part);
      }
    }
    return any.size() == 1 ? any.getFirst() : new Or(any);
  }

  /** What does not match this. */
  public static Query not(Query query) {
    return query instanceof Not(Query inner) ? inner : new Not(query);
  }

  /** Whether it looks for words, so that relevance means something. */
  public static boolean hasWords(Query query) {
    return switch (query) {
      case And(var all) -> all.stream().anyMatch(Queries::hasWords);
      case Or(var any) -> any.stream().anyMatch(Queries::hasWords);
      case Query.Xor(Query one, Query other) -> hasWords(one) || hasWords(other);
      case Query.Words _, Query.Near _ -> true;
      case Query.All _,
          Not _,
          Query.Dated _,
          Query.Before _,
          Query.Aged _,
          Query.Between _,
          Query.OfList _,
          Query.InLists _,
          Query.OfMessageId _,
          Query.References _,
          Query.Is _,
          Query.Sized _,
          Query.Blob _,
          Query.PatchId _,
          Query.InThread _,
          Query.OfThreads _ ->
          false;
    };
  }

  /** How many things the search engine is asked for: one each, and both sides of XOR twice. */
  static int weight(Query query) {
    return switch (query) {
      case And(var all) -> all.stream().mapToInt(Queries::weight).sum();
      case Or(var any) -> any.stream().mapToInt(Queries::weight).sum();
      case Query.Xor(Query one, Query other) -> 2 * (weight(one) + weight(other));
      case Not(Query part) -> weight(part);
      case Query.Near(var words, var _, var _) -> words.size();
      default -> 1;
    };
  }

  private Queries() {}
}
