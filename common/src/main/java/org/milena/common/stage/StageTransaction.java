package org.milena.common.stage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.milena.common.event.RecordPosition;
import org.milena.common.table.Table;

/**
 * The one transaction in which a stage writes its effects and moves its offset. What is written
 * here is seen by others when it is committed, and by {@link #get} at once.
 */
public interface StageTransaction {

  /** Writes a record. */
  void send(OutRecord record);

  /**
   * Writes a record, and then, still inside the transaction, what needs to know where it lies. The
   * broker has the first record when {@code then} runs.
   */
  void send(OutRecord record, Consumer<RecordPosition> then);

  /**
   * Does now what waits for positions, instead of at the end: for a stage that would keep much in
   * memory until then.
   */
  void settle();

  /** Writes a row; seen by {@link #get} and {@link #scan} at once. */
  <V> void put(Table<V> table, String key, V row);

  /** Deletes a row. */
  <V> void delete(Table<V> table, String key);

  /** The row as this transaction left it, or as the table has it. */
  <V> Optional<V> get(Table<V> table, String key);

  /** As {@link Table#scan}, with the changes of this transaction. */
  <V> List<Map.Entry<String, V>> scan(Table<V> table, String prefix, String after, int limit);
}
