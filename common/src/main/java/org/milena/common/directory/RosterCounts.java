package org.milena.common.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.milena.common.mail.ListId;
import org.milena.common.table.Table;

/**
 * How many are on each list. Rows are counted as they change. A list with sources is gone over when
 * somebody asks, and the number kept until a row or a setting of a list that feeds it changes.
 * Where that costs something, one thread does it at a time, and the number is kept for a while
 * though rows change.
 */
final class RosterCounts {
  /** Rows, and addresses in texts, that are gone over each time they change. */
  static final int CHEAP = 1_000;

  /** How long a number is kept that took more of them. */
  static final Duration KEPT = Duration.ofMinutes(1);

  private final Roster roster;
  private final InstantSource clock;
  private final ReentrantLock counting = new ReentrantLock();
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
   * @param until when it is good though rows change
   */
  private record Kept(List<Object> settings, List<Long> changes, int count, Instant until) {}

  /** The table must not have been started yet: counting begins with its first row. */
  RosterCounts(Table<Member> members, Roster roster, InstantSource clock) {
    this.roster = roster;
    this.clock = clock;
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
    Kept known = kept.get(list);
    if (known != null && isGood(known, list, feeding)) {
      return known.count();
    }
    if (known == null) {
      counting.lock();
    } else if (!counting.tryLock()) {
      return known.count();
    }
    try {
      Kept meanwhile = kept.get(list);
      return meanwhile != null && isGood(meanwhile, list, feeding)
          ? meanwhile.count()
          : count(list, feeding);
    } finally {
      counting.unlock();
    }
  }

  private boolean isGood(Kept known, ListId list, List<MailingList> feeding) {
    return known.settings().equals(roster.settings(list))
        && (clock.instant().isBefore(known.until())
            || known.changes().equals(changes(list, feeding)));
  }

  private int count(ListId list, List<MailingList> feeding) {
    // read before the rows: what changes meanwhile is counted again at the next question
    List<Object> settings = roster.settings(list);
    List<Long> changes = changes(list, feeding);
    long rows =
        all(list, feeding).mapToLong(id -> tally(id).rows().get()).sum() + inTexts(settings);
    int[] count = {0};
    roster.each(list, _ -> count[0]++);
    Instant now = clock.instant();
    kept.put(list, new Kept(settings, changes, count[0], rows > CHEAP ? now.plus(KEPT) : now));
    return count[0];
  }

  private static long inTexts(List<Object> settings) {
    return settings.stream()
        .mapToLong(one -> one instanceof FetchedSource text ? text.entries().size() : 0)
        .sum();
  }

  private List<Long> changes(ListId list, List<MailingList> feeding) {
    return all(list, feeding).map(id -> tally(id).changes().get()).toList();
  }

  private static Stream<ListId> all(ListId list, List<MailingList> feeding) {
    return Stream.concat(Stream.of(list), feeding.stream().map(MailingList::id));
  }
}
