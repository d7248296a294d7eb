package org.milena.common.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * What feeds a list: itself first, then its sources, theirs and so on, each once, nearest first. A
 * circle ends where it began; what is too far away or too much is left out.
 *
 * @param nodes at most {@link #MAX_LISTS}
 */
record SourceGraph(List<Node> nodes) {
  /** Sources of sources are followed so often. */
  static final int MAX_DEPTH = 8;

  /** So many lists together. */
  static final int MAX_LISTS = 100;

  /**
   * A list of it, or a text on the web.
   *
   * @param list of a text the one that names it
   * @param edges its sources; of a text none
   * @param text null for a list
   */
  record Node(MailingList list, List<Edge> edges, @Nullable FetchedSource text) {
    static Node of(MailingList list) {
      return new Node(list, new ArrayList<>(), null);
    }

    /** Its own row of this address. */
    Optional<Member> row(Roster.Rows rows, MailAddress address) {
      return text == null ? rows.row(list.id(), address) : text.member(address);
    }

    /** Up to {@code limit} own rows by address key, behind {@code after} (empty to begin). */
    List<Member> rows(Roster.Rows rows, String after, int limit) {
      return text == null ? rows.rows(list.id(), after, limit) : text.members(after, limit);
    }

    /** By way of it. */
    Roster.Via via() {
      return new Roster.Via(list.address(), text == null ? null : text.url());
    }
  }

  /**
   * A source that gives members.
   *
   * @param to the number of its node
   * @param shownOnly whether only those that its roster shows
   */
  record Edge(int to, boolean shownOnly) {}

  /** Finds them. */
  static SourceGraph of(MailingList list, Roster.Rows rows) {
    List<Node> nodes = new ArrayList<>();
    List<Integer> depths = new ArrayList<>();
    Map<ListId, Integer> numbers = new HashMap<>();
    nodes.add(Node.of(list));
    depths.add(0);
    numbers.put(list.id(), 0);
    for (int at = 0; at < nodes.size(); at++) {
      Node node = nodes.get(at);
      if (node.text() != null) {
        continue;
      }
      for (FetchedSource text : texts(node.list(), rows)) {
        if (nodes.size() < MAX_LISTS) {
          node.edges().add(new Edge(nodes.size(), false));
          nodes.add(new Node(node.list(), List.of(), text));
          depths.add(depths.get(at) + 1);
        }
      }
      for (MemberSource.OfList source : MemberSource.of(node.list())) {
        Optional<MailingList> found = rows.list(source.list()).filter(source::gives);
        if (found.isEmpty()) {
          continue;
        }
        Integer number = numbers.get(source.list());
        if (number == null && depths.get(at) < MAX_DEPTH && nodes.size() < MAX_LISTS) {
          number = nodes.size();
          nodes.add(Node.of(found.get()));
          depths.add(depths.get(at) + 1);
          numbers.put(source.list(), number);
        }
        if (number != null) {
          node.edges().add(new Edge(number, source.shownOnly()));
        }
      }
    }
    return new SourceGraph(List.copyOf(nodes));
  }

  private static List<FetchedSource> texts(MailingList list, Roster.Rows rows) {
    return MemberSource.urls(list).stream()
        .flatMap(source -> rows.fetched(list.id(), source.url()).stream())
        .toList();
  }
}
