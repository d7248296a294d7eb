package org.milena.common.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.RecordPosition;

/**
 * The map of a table, kept in memory: the view that a topic-backed table feeds, and a whole table
 * for tests.
 */
public final class MemoryTable<V> implements Table<V> {
  private final String topic;
  private final ConcurrentSkipListMap<String, V> rows = new ConcurrentSkipListMap<>();
  private final CopyOnWriteArrayList<Listener<V>> listeners = new CopyOnWriteArrayList<>();

  public MemoryTable(String topic) {
    this.topic = topic;
  }

  /** One of such rows. */
  public static <V> MemoryTable<V> of(String topic, Class<V> row) {
    return new MemoryTable<>(topic);
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public Optional<V> get(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public List<Map.Entry<String, V>> scan(String prefix, String after, int limit) {
    boolean fromStart = after.compareTo(prefix) < 0;
    List<Map.Entry<String, V>> found = new ArrayList<>();
    for (var entry : rows.tailMap(fromStart ? prefix : after, fromStart).entrySet()) {
      if (found.size() == limit || !entry.getKey().startsWith(prefix)) {
        break;
      }
      found.add(Map.entry(entry.getKey(), entry.getValue()));
    }
    return found;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public void put(String key, V row) {
    apply(key, row);
  }

  @Override
  public void delete(String key) {
    apply(key, null);
  }

  /** Changes the map and tells the listeners; null deletes. */
  public void apply(String key, @Nullable V row) {
    V before = row == null ? rows.remove(key) : rows.put(key, row);
    if (before == null && row == null) {
      return;
    }
    for (Listener<V> listener : listeners) {
      listener.changed(key, Optional.ofNullable(before), Optional.ofNullable(row));
    }
  }

  @Override
  public void awaitPassed(RecordPosition position, Duration atMost) {
    // nothing lies between a write and this map
  }

  @Override
  public void awaitCurrent(Duration atMost) {
    // always current
  }

  @Override
  public boolean isFresh() {
    return true;
  }

  @Override
  public void onChange(Listener<V> listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    listeners.clear();
  }
}
