package org.milena.common.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.milena.common.mail.ListId;
import org.milena.common.table.Table;

/**
 * How many are on each list. Rows are counted as they change. A list with sources is gone over when
 * somebody asks, and the number kept until a row or a setting of a list that feeds it changes.
 */
final class RosterCounts {
  private final Roster roster;
  private final Map<ListId, Tally> tallies = new ConcurrentHashMap<>();
  private final Map<ListId, Kept> kept = new ConcurrentHashMap<>();

  /**
   * The rows of one list.
   *
   * @param sourced those that count only as long as a source has them
   */
  private record Tally(AtomicInteger rows, AtomicInteger sourced, AtomicLong changes) {
    static Tally empty() {
      return new Tally(new AtomicInteger(), new AtomicInteger(), new AtomicLong());
    }

    void count(Optional<Member> row, int by) {
      row.ifPresent(member -> {
        rows.addAndGet(by);
        sourced.addAndGet(member.bySource() ? by : 0);
      });
    }
  }

  /**
   * A number that was found, and what it was found for.
   *
   * @param settings of the lists that feed it and of their domains, and its texts on the web
   * @param changes of their rows
   */
  private record Kept(List<Object> settings, List<Long> changes, int count) {}

  /** The table must not have been started yet: counting begins with its first row. */
  RosterCounts(Table<Member> members, Roster roster) {
    this.roster = roster;
    members.onChange((_, before, now) -> {
      Tally tally = tally(now.or(() -> before).orElseThrow().list());
      tally.count(before, -1);
      tally.count(now, 1);
      tally.changes().incrementAndGet();
    });
  }

  private Tally tally(ListId list) {
    return tallies.computeIfAbsent(list, _ -> Tally.empty());
  }

  /** How many are on it, whatever the roles. */
  int of(ListId list) {
    List<MailingList> feeding = roster.feeding(list);
    Tally own = tally(list);
    if (own.sourced().get() == 0 && !roster.hasSources(list)) {
      kept.remove(list);
      return own.rows().get();
    }
    // read before the rows: what changes meanwhile is counted again at the next question
    List<Object> settings = roster.settings(list);
    List<Long> changes =
        Stream.concat(Stream.of(list), feeding.stream().map(MailingList::id))
            .map(id -> tally(id).changes().get())
            .toList();
    Kept known = kept.get(list);
    if (known != null && known.settings().equals(settings) && known.changes().equals(changes)) {
      return known.count();
    }
    int[] count = {0};
    roster.each(list, _ -> count[0]++);
    kept.put(list, new Kept(settings, changes, count[0]));
    return count[0];
  }
}
