package org.milena.listexpander.moderation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Hold;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.Table;

/**
 * Held posts in order of time, over all lists, by list and by author. It follows its table, so that
 * a page costs what is on it and counts cost nothing, however many posts wait.
 */
final class HeldIndex {
  private final Table<Hold> holds;
  private final Shelf waiting = new Shelf(Hold::heldAt);
  private final Shelf decided = new Shelf(HeldIndex::decidedAt);

  /** What stands on the shelves, by id; guarded by this. */
  private final Map<String, Hold> known = new HashMap<>();

  private HeldIndex(Table<Hold> holds) {
    this.holds = holds;
  }

  /** An index of what is there, and of what comes. */
  static HeldIndex of(Table<Hold> holds) {
    HeldIndex index = new HeldIndex(holds);
    holds.onChange((key, _, _) -> index.follow(key));
    holds.scan("", "", Integer.MAX_VALUE).forEach(row -> index.follow(row.getKey()));
    return index;
  }

  /** Whether this is the table it follows. */
  boolean follows(Table<Hold> table) {
    return holds.equals(table);
  }

  /** As the table has it now, not as it was told: what came first is not known at the start. */
  private synchronized void follow(String key) {
    Hold before = known.remove(key);
    if (before != null) {
      shelf(before).remove(before);
    }
    holds
        .get(key)
        .ifPresent(now -> {
          known.put(key, now);
          shelf(now).add(now);
        });
  }

  private Shelf shelf(Hold hold) {
    return hold.waits() ? waiting : decided;
  }

  /** Those that wait. */
  Shelf waiting() {
    return waiting;
  }

  /** Those that were decided a short while ago. */
  Shelf decided() {
    return decided;
  }

  private static Instant decidedAt(Hold hold) {
    Hold.Decision decision = hold.decision();
    return decision == null ? hold.heldAt() : decision.at();
  }

  /** Posts in one state. Read by many while one changes it. */
  static final class Shelf {
    private final Function<Hold, Instant> time;
    private final ConcurrentSkipListMap<String, Hold> all = new ConcurrentSkipListMap<>();
    private final Map<ListId, ConcurrentSkipListMap<String, Hold>> byList =
        new ConcurrentHashMap<>();
    private final Map<String, ConcurrentSkipListMap<String, Hold>> byWriter =
        new ConcurrentHashMap<>();
    private final Map<ListId, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    Shelf(Function<Hold, Instant> time) {
      this.time = time;
    }

    /** Where a post stands: by time, then by id. */
    String key(Hold hold) {
      return "%013x%s".formatted(time.apply(hold).toEpochMilli(), hold.holdId());
    }

    private void add(Hold hold) {
      String key = key(hold);
      all.put(key, hold);
      byList.computeIfAbsent(hold.list(), _ -> new ConcurrentSkipListMap<>()).put(key, hold);
      writer(hold)
          .ifPresent(writer ->
              byWriter.computeIfAbsent(writer, _ -> new ConcurrentSkipListMap<>()).put(key, hold));
      counts.computeIfAbsent(hold.list(), _ -> new AtomicInteger()).incrementAndGet();
      count.incrementAndGet();
    }

    private void remove(Hold hold) {
      String key = key(hold);
      all.remove(key);
      byList.computeIfPresent(hold.list(), (_, posts) -> without(posts, key));
      writer(hold)
          .ifPresent(
              writer -> byWriter.computeIfPresent(writer, (_, posts) -> without(posts, key)));
      counts.computeIfPresent(
          hold.list(), (_, number) -> number.decrementAndGet() == 0 ? null : number);
      count.decrementAndGet();
    }

    private static @Nullable ConcurrentSkipListMap<String, Hold> without(
        ConcurrentSkipListMap<String, Hold> posts, String key) {
      posts.remove(key);
      return posts.isEmpty() ? null : posts;
    }

    private static Optional<String> writer(Hold hold) {
      return Optional.ofNullable(hold.writer()).map(writer -> writer.address().key());
    }

    /** How many there are. */
    int count() {
      return count.get();
    }

    /** How many of a list there are. */
    int count(ListId list) {
      AtomicInteger number = counts.get(list);
      return number == null ? 0 : number.get();
    }

    /** The first of a list. */
    Optional<Hold> first(ListId list) {
      ConcurrentSkipListMap<String, Hold> posts = byList.get(list);
      return Optional.ofNullable(posts)
          .map(ConcurrentSkipListMap::firstEntry)
          .map(Map.Entry::getValue);
    }

    /** Up to so many of a list. */
    List<Hold> of(ListId list, int limit) {
      return tail(byList.get(list), "").values().stream().limit(limit).toList();
    }

    /** Those behind a key, of these lists or of all; in order. */
    Iterator<Map.Entry<String, Hold>> behind(
        String after, Optional<? extends Collection<ListId>> lists) {
      if (lists.isEmpty()) {
        return tail(all, after).entrySet().iterator();
      }
      List<Iterator<Map.Entry<String, Hold>>> each = new ArrayList<>();
      for (ListId list : lists.get()) {
        Iterator<Map.Entry<String, Hold>> posts =
            tail(byList.get(list), after).entrySet().iterator();
        if (posts.hasNext()) {
          each.add(posts);
        }
      }
      return each.size() == 1 ? each.getFirst() : new Merged(each);
    }

    /** Those behind a key whose author is said to be this address; in order. */
    Iterator<Map.Entry<String, Hold>> by(String after, MailAddress writer) {
      return tail(byWriter.get(writer.key()), after).entrySet().iterator();
    }

    private static NavigableMap<String, Hold> tail(
        @Nullable ConcurrentSkipListMap<String, Hold> posts, String after) {
      return posts == null
          ? new ConcurrentSkipListMap<>()
          : posts.tailMap(after.toLowerCase(Locale.ROOT), false);
    }
  }

  /** Several ordered ones as one. Holds one post of each. */
  private static final class Merged implements Iterator<Map.Entry<String, Hold>> {
    private record Head(Map.Entry<String, Hold> post, Iterator<Map.Entry<String, Hold>> rest) {}

    private final PriorityQueue<Head> heads =
        new PriorityQueue<>(Comparator.comparing((Head head) -> head.post().getKey()));

    Merged(List<Iterator<Map.Entry<String, Hold>>> each) {
      each.forEach(this::advance);
    }

    private void advance(Iterator<Map.Entry<String, Hold>> posts) {
      if (posts.hasNext()) {
        heads.add(new Head(posts.next(), posts));
      }
    }

    @Override
    public boolean hasNext() {
      return !heads.isEmpty();
    }

    @Override
    public Map.Entry<String, Hold> next() {
      Head head = heads.remove();
      advance(head.rest());
      return head.post();
    }
  }
}
