package org.milena.egress.retry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The deferred recipients of one partition in the order of their next try, apart for each
 * destination, so that one that takes nothing more keeps none of the others waiting.
 *
 * <p>Holds keys only; the rows are in their table. Not safe for use by several threads.
 */
public final class DueQueue {

  /**
   * A recipient and when it is due.
   *
   * @param at when: the row's time, or earlier after a flush
   * @param row the time in the row, by which the row is known again
   */
  public record Due(String key, String destination, Instant at, Instant row) {}

  private static final Comparator<Due> ORDER =
      Comparator.comparing(Due::at).thenComparing(Due::key);

  private final Map<String, Due> byKey = new HashMap<>();
  private final Map<String, TreeSet<Due>> byDestination = new HashMap<>();
  // the first of each destination
  private final TreeSet<Due> heads = new TreeSet<>(ORDER);

  /** Adds a recipient, or moves it. */
  public void put(Due due) {
    remove(due.key());
    byKey.put(due.key(), due);
    TreeSet<Due> line = byDestination.computeIfAbsent(due.destination(), _ -> new TreeSet<>(ORDER));
    Due head = line.isEmpty() ? null : line.first();
    line.add(due);
    newHead(head, line);
  }

  /** Takes a recipient out; whether it was there. */
  public boolean remove(String key) {
    Due due = byKey.remove(key);
    if (due == null) {
      return false;
    }
    TreeSet<Due> line = java.util.Objects.requireNonNull(byDestination.get(due.destination()));
    Due head = line.first();
    line.remove(due);
    newHead(head, line);
    if (line.isEmpty()) {
      byDestination.remove(due.destination());
    }
    return true;
  }

  private void newHead(@Nullable Due before, TreeSet<Due> line) {
    if (before != null) {
      heads.remove(before);
    }
    if (!line.isEmpty()) {
      heads.add(line.first());
    }
  }

  /** Takes out up to {@code max} that are due and whose destination has room, oldest first. */
  public List<Due> take(Instant now, int max, Predicate<String> hasRoom) {
    List<Due> taken = new ArrayList<>();
    for (Due head : List.copyOf(heads.headSet(new Due("\uffff", "", now, now), true))) {
      while (taken.size() < max && hasRoom.test(head.destination())) {
        TreeSet<Due> line = byDestination.get(head.destination());
        if (line == null || line.first().at().isAfter(now)) {
          break;
        }
        Due due = line.first();
        remove(due.key());
        taken.add(due);
      }
    }
    return taken;
  }

  /**
   * Makes recipients due now; how many.
   *
   * @param destination all when null
   */
  public int flush(@Nullable String destination, Instant now) {
    List<Due> early =
        byKey.values().stream()
            .filter(due -> destination == null || due.destination().equals(destination))
            .filter(due -> due.at().isAfter(now))
            .toList();
    early.forEach(due -> put(new Due(due.key(), due.destination(), now, due.row())));
    return early.size();
  }

  /** Makes one recipient due now; whether it waits here. */
  public boolean hurry(String key, Instant now) {
    Due due = byKey.get(key);
    if (due == null) {
      return false;
    }
    put(new Due(key, due.destination(), now, due.row()));
    return true;
  }

  /** When the first one is due. */
  public Optional<Instant> next() {
    return heads.isEmpty() ? Optional.empty() : Optional.of(heads.first().at());
  }

  /** How many wait. */
  public int size() {
    return byKey.size();
  }
}
