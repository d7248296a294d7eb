package org.milena.listexpander.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.milena.common.event.ThreadWish;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.table.Table;

/**
 * Which threads somebody follows or mutes, by thread and by age, without a walk over all wishes for
 * each post.
 *
 * <p>The view is followed as it changes. It lags by what the running transaction wrote, so wishes
 * written are noted as well. Names no wish too few; what it says now is asked for inside the
 * transaction.
 */
public final class WishedThreads {
  private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> noted = new ConcurrentHashMap<>();
  private final Map<ListId, ConcurrentSkipListMap<Age, ThreadWish>> ages =
      new ConcurrentHashMap<>();

  private record Age(Instant lastPostAt, String key) implements Comparable<Age> {
    @Override
    public int compareTo(Age other) {
      int byTime = lastPostAt.compareTo(other.lastPostAt);
      return byTime != 0 ? byTime : key.compareTo(other.key);
    }
  }

  /** The table must not have been started yet: it is followed from its first row on. */
  WishedThreads(Table<ThreadWish> wishes) {
    wishes.onChange((_, before, now) -> {
      before.ifPresent(wish -> {
        each(wish, (thread, key) -> remove(seen, thread, key));
        ages.computeIfPresent(
            wish.list(),
            (_, all) -> {
              all.remove(age(wish));
              return all.isEmpty() ? null : all;
            });
      });
      now.ifPresent(wish -> {
        each(wish, (thread, key) -> add(seen, thread, key));
        ages.compute(
            wish.list(),
            (_, all) -> {
              ConcurrentSkipListMap<Age, ThreadWish> more =
                  all == null ? new ConcurrentSkipListMap<>() : all;
              more.put(age(wish), wish);
              return more;
            });
      });
    });
  }

  /** A transaction writes this wish. */
  void note(ThreadWish wish) {
    each(wish, (thread, key) -> add(noted, thread, key));
  }

  /** The transaction has no wish for this thread under this key. */
  void forget(ListId list, String thread, String key) {
    remove(noted, Topics.listKey(list, thread), key);
  }

  /** The keys of the wishes to look at for a thread, in their order. */
  SortedSet<String> keys(ListId list, String thread) {
    String name = Topics.listKey(list, thread);
    SortedSet<String> keys = new TreeSet<>(seen.getOrDefault(name, Set.of()));
    keys.addAll(noted.getOrDefault(name, Set.of()));
    return keys;
  }

  /** Up to so many wishes of a list whose thread had no post since then, the oldest first. */
  public List<ThreadWish> still(ListId list, Instant since, int limit) {
    ConcurrentSkipListMap<Age, ThreadWish> all = ages.get(list);
    Collection<ThreadWish> old =
        all == null ? List.of() : all.headMap(new Age(since.plusNanos(1), "")).values();
    return old.stream().limit(limit).toList();
  }

  private static Age age(ThreadWish wish) {
    return new Age(wish.lastPostAt(), wish.key());
  }

  private static void each(ThreadWish wish, BiConsumer<String, String> consumer) {
    wish.threads()
        .forEach(thread -> consumer.accept(Topics.listKey(wish.list(), thread), wish.key()));
  }

  private static void add(Map<String, Set<String>> all, String thread, String key) {
    all.compute(
        thread,
        (_, keys) -> {
          Set<String> more = keys == null ? ConcurrentHashMap.newKeySet() : keys;
          more.add(key);
          return more;
        });
  }

  private static void remove(Map<String, Set<String>> all, String thread, String key) {
    all.computeIfPresent(
        thread,
        (_, keys) -> {
          keys.remove(key);
          return keys.isEmpty() ? null : keys;
        });
  }
}
