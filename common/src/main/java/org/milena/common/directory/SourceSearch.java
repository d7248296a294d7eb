package org.milena.common.directory;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.SourceGraph.Edge;
import org.milena.common.mail.MailAddress;

/** Says of one address after another whether a list has it, by itself or by its sources. */
final class SourceSearch {
  private final SourceGraph graph;
  private final Function<MailingList, BanList> banLists;
  private final @Nullable BanList[] bans;

  /** Where the search is: at a list, and what it met on the way from the first one. */
  private record Step(int node, boolean shownOnly, @Nullable Member nearest, int first) {}

  /**
   * A source has him.
   *
   * @param row where he is a member by himself
   * @param nearest the row that says how, of the list nearest to the one that is asked about
   * @param first the source of that list
   */
  private record Found(Member row, Member nearest, int first) {}

  SourceSearch(SourceGraph graph, Function<MailingList, BanList> banLists) {
    this.graph = graph;
    this.banLists = banLists;
    this.bans = new BanList[graph.nodes().size()];
  }

  SourceGraph graph() {
    return graph;
  }

  /**
   * Who this address is.
   *
   * @param rows its row on each list of the graph
   */
  Optional<Roster.Listed> settle(MailAddress address, @Nullable Member[] rows) {
    Member own = rows[0];
    if (own != null && own.settles()) {
      return Optional.of(Roster.Listed.bySelf(own));
    }
    Found found = source(address, rows);
    return found == null
        ? bySelf(own).map(Roster.Listed::bySelf)
        : Optional.of(
            new Roster.Listed(
                inherited(found, own), graph.nodes().get(found.first()).via(), own != null));
  }

  /** Whether a source has it, whatever the list's own row says. */
  boolean isSourced(MailAddress address, @Nullable Member[] rows) {
    return source(address, rows) != null;
  }

  /** What a row of a list is without its sources. */
  static Optional<Member> bySelf(@Nullable Member row) {
    if (row == null || !row.bySource()) {
      return Optional.ofNullable(row);
    }
    Set<MemberRole> rest = new TreeSet<>(row.roles());
    rest.remove(MemberRole.MEMBER);
    return rest.isEmpty() ? Optional.empty() : Optional.of(row.with(rest).sourced(false));
  }

  private Member inherited(Found found, @Nullable Member own) {
    if (own != null) {
      Set<MemberRole> roles = new TreeSet<>(own.roles());
      roles.add(MemberRole.MEMBER);
      return own.with(roles).sourced(true);
    }
    Member nearest = found.nearest();
    return new Member(
        graph.nodes().getFirst().list().id(),
        found.row().address(),
        nearest.displayName(),
        Set.of(MemberRole.MEMBER),
        null,
        nearest.options().probation() == 0 ? nearest.options() : nearest.options().withProbation(0),
        found.row().since(),
        true);
  }

  private @Nullable Found source(MailAddress address, @Nullable Member[] rows) {
    Queue<Step> steps = new ArrayDeque<>();
    boolean[] seen = new boolean[2 * rows.length];
    if (!isKeptOut(0, address)) {
      for (Edge edge : graph.nodes().getFirst().edges()) {
        steps.add(new Step(edge.to(), edge.shownOnly(), null, edge.to()));
      }
    }
    for (Step step = steps.poll(); step != null; step = steps.poll()) {
      int state = 2 * step.node() + (step.shownOnly() ? 1 : 0);
      if (step.node() == 0 || seen[state]) {
        continue;
      }
      seen[state] = true;
      Member row = rows[step.node()];
      if (row != null && step.shownOnly() && row.options().concealed()) {
        continue;
      }
      Member nearest = step.nearest() == null ? row : step.nearest();
      if (row != null && nearest != null && row.settles()) {
        if (row.roles().contains(MemberRole.MEMBER)) {
          return new Found(row, nearest, step.first());
        }
        continue;
      }
      List<Edge> edges = graph.nodes().get(step.node()).edges();
      if (!edges.isEmpty() && !isKeptOut(step.node(), address)) {
        boolean shownOnly = step.shownOnly() && row == null;
        for (Edge edge : edges) {
          steps.add(new Step(edge.to(), shownOnly || edge.shownOnly(), nearest, step.first()));
        }
      }
    }
    return null;
  }

  /** Whether a list takes this address from no source: its own, or banned there. */
  private boolean isKeptOut(int node, MailAddress address) {
    MailingList list = graph.nodes().get(node).list();
    BanList known = bans[node];
    if (known == null) {
      known = banLists.apply(list);
      bans[node] = known;
    }
    return RoleNames.belongsTo(list.address(), address) || known.bans(address);
  }
}
