package org.milena.common.directory;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;

/**
 * Goes over everybody on a list with sources, by address: the rows of all that feeds it at once, as
 * one merges sorted files. Holds a page of each.
 */
final class RosterWalk {
  private final SourceSearch search;
  private final Cursor[] cursors;

  /** The rows of one list or text. */
  private static final class Cursor {
    private final Roster.Rows rows;
    private final SourceGraph.Node node;
    private final int limit;
    private List<Member> page;
    private int at;
    private String key;

    Cursor(Roster.Rows rows, SourceGraph.Node node, String after, int limit) {
      this.rows = rows;
      this.node = node;
      this.limit = limit;
      this.page = node.rows(rows, after, limit);
      this.key = page.isEmpty() ? "" : page.getFirst().address().key();
    }

    boolean ended() {
      return at >= page.size();
    }

    Member head() {
      return page.get(at);
    }

    void advance() {
      at++;
      if (at == page.size() && page.size() == limit) {
        page = node.rows(rows, key, limit);
        at = 0;
      }
      if (!ended()) {
        key = head().address().key();
      }
    }
  }

  /**
   * @param after address key that they stand behind; empty for the start
   * @param limit rows of each list that are read at once
   */
  RosterWalk(SourceSearch search, Roster.Rows rows, String after, int limit) {
    this.search = search;
    this.cursors =
        search.graph().nodes().stream()
            .map(node -> new Cursor(rows, node, after, limit))
            .toArray(Cursor[]::new);
  }

  /** The next one; null behind the last. */
  Roster.@Nullable Listed next() {
    for (String key = least(); key != null; key = least()) {
      MailAddress address = null;
      @Nullable Member[] rows = new Member[cursors.length];
      for (int i = cursors.length - 1; i >= 0; i--) {
        if (!cursors[i].ended() && cursors[i].key.equals(key)) {
          rows[i] = cursors[i].head();
          address = cursors[i].head().address();
          cursors[i].advance();
        }
      }
      Optional<Roster.Listed> listed =
          address == null ? Optional.empty() : search.settle(address, rows);
      if (listed.isPresent()) {
        return listed.get();
      }
    }
    return null;
  }

  private @Nullable String least() {
    String least = null;
    for (Cursor cursor : cursors) {
      if (!cursor.ended() && (least == null || cursor.key.compareTo(least) < 0)) {
        least = cursor.key;
      }
    }
    return least;
  }
}
