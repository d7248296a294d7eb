package org.milena.common.stage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.milena.common.event.RecordPosition;
import org.milena.common.table.Table;

/**
 * A transaction that is never committed: rows change for whoever asks here, and nothing is sent.
 * What waits for a record's position never happens, since there is none.
 */
public final class Rehearsal implements StageTransaction {
  private final ChangedRows changed = new ChangedRows();

  @Override
  public void send(OutRecord record) {
    // nobody is to get it
  }

  @Override
  public void send(OutRecord record, Consumer<RecordPosition> then) {
    // nobody is to get it, so it lies nowhere
  }

  @Override
  public void settle() {
    // nothing waits
  }

  @Override
  public <V> void put(Table<V> table, String key, V row) {
    changed.put(table, key, Optional.of(row));
  }

  @Override
  public <V> void delete(Table<V> table, String key) {
    changed.put(table, key, Optional.empty());
  }

  @Override
  public <V> Optional<V> get(Table<V> table, String key) {
    return changed.get(table, key);
  }

  @Override
  public <V> List<Map.Entry<String, V>> scan(
      Table<V> table, String prefix, String after, int limit) {
    return changed.scan(table, prefix, after, limit);
  }
}
