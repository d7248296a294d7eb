package org.milena.common.table;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.common.event.RecordPosition;

/**
 * Rows by key, in the order of keys. A view that follows a log: reads come from this instance's
 * memory, never block and never fail.
 *
 * <p>A row lies in the partition of that part of its key that stands before the {@link
 * org.milena.common.event.Topics#KEY_SEPARATOR}, so the rows of one list lie together.
 *
 * @param <V> an immutable row
 */
public interface Table<V> extends AutoCloseable {

  /** The topic behind it. */
  String topic();

  /** The row, if there is one. */
  Optional<V> get(String key);

  /**
   * Up to {@code limit} rows whose keys begin with {@code prefix} and lie behind {@code after}
   * (exclusive; empty to begin), in the order of keys.
   */
  List<Map.Entry<String, V>> scan(String prefix, String after, int limit);

  /** How many rows there are. */
  int size();

  /**
   * Writes a row and returns when this view has passed it.
   *
   * @throws StaleViewException when the broker or the view does not follow in time; the row may
   *     then be written or not
   */
  void put(String key, V row);

  /** Deletes a row, likewise. */
  void delete(String key);

  /**
   * Waits until this view has passed a record.
   *
   * @throws StaleViewException when that takes longer than {@code atMost}
   */
  void awaitPassed(RecordPosition position, Duration atMost);

  /**
   * Waits until this view holds everything committed when this was called.
   *
   * @throws StaleViewException when that takes longer than {@code atMost}
   */
  void awaitCurrent(Duration atMost);

  /** Whether the view passed the end of its log within the last seconds. */
  boolean isFresh();

  /** Tells of every row as it changes, after the view has it; on the reader's thread. */
  void onChange(Listener<V> listener);

  /** Told of changes. Must be quick and must not throw. */
  @FunctionalInterface
  interface Listener<V> {
    /** The row is this now; absent when deleted. */
    void changed(String key, Optional<V> before, Optional<V> now);
  }

  @Override
  void close();
}
