package org.milena.common.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.milena.common.mail.ListId;

/**
 * The lists that feed a list: itself first, then its sources, theirs and so on, each once, nearest
 * first. A circle ends where it began; what is too far away or too much is left out.
 *
 * @param nodes at most {@link #MAX_LISTS}
 */
record SourceGraph(List<Node> nodes) {
  /** Sources of sources are followed so often. */
  static final int MAX_DEPTH = 8;

  /** So many lists together. */
  static final int MAX_LISTS = 100;

  /**
   * A list of it.
   *
   * @param edges its sources
   */
  record Node(MailingList list, List<Edge> edges) {}

  /**
   * A source that gives members.
   *
   * @param to the number of its node
   * @param shownOnly whether only those that its roster shows
   */
  record Edge(int to, boolean shownOnly) {}

  /** Finds them. */
  static SourceGraph of(MailingList list, Function<ListId, Optional<MailingList>> lists) {
    List<Node> nodes = new ArrayList<>();
    List<Integer> depths = new ArrayList<>();
    Map<ListId, Integer> numbers = new HashMap<>();
    nodes.add(new Node(list, new ArrayList<>()));
    depths.add(0);
    numbers.put(list.id(), 0);
    for (int at = 0; at < nodes.size(); at++) {
      for (MemberSource.OfList source : MemberSource.of(nodes.get(at).list())) {
        Optional<MailingList> found = lists.apply(source.list()).filter(source::gives);
        if (found.isEmpty()) {
          continue;
        }
        Integer number = numbers.get(source.list());
        if (number == null && depths.get(at) < MAX_DEPTH && nodes.size() < MAX_LISTS) {
          number = nodes.size();
          nodes.add(new Node(found.get(), new ArrayList<>()));
          depths.add(depths.get(at) + 1);
          numbers.put(source.list(), number);
        }
        if (number != null) {
          nodes.get(at).edges().add(new Edge(number, source.shownOnly()));
        }
      }
    }
    return new SourceGraph(List.copyOf(nodes));
  }
}
