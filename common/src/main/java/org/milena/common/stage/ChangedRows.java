package org.milena.common.stage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.milena.common.table.Table;

/** Rows that are changed and not yet committed, laid over the tables they belong to. */
public final class ChangedRows {
  private final Map<Table<?>, TreeMap<String, Optional<?>>> changed = new HashMap<>();

  /** Changes a row; empty to delete it. */
  public <V> void put(Table<V> table, String key, Optional<V> row) {
    changed.computeIfAbsent(table, _ -> new TreeMap<>()).put(key, row);
  }

  /** The row as it is here, or as the table has it. */
  public <V> Optional<V> get(Table<V> table, String key) {
    TreeMap<String, Optional<?>> rows = changed.get(table);
    if (rows != null) {
      Optional<?> row = rows.get(key);
      if (row != null) {
        return rowOf(row);
      }
    }
    return table.get(key);
  }

  /** As {@link Table#scan}, with what is changed here. */
  public <V> List<Map.Entry<String, V>> scan(
      Table<V> table, String prefix, String after, int limit) {
    TreeMap<String, Optional<?>> rows = changed.get(table);
    if (rows == null) {
      return table.scan(prefix, after, limit);
    }
    TreeMap<String, V> merged = new TreeMap<>();
    // rows deleted here must not make the page shorter than what lies behind it
    int most = (int) Math.min(Integer.MAX_VALUE, (long) limit + rows.size());
    for (var entry : table.scan(prefix, after, most)) {
      merged.put(entry.getKey(), entry.getValue());
    }
    String last = merged.size() < most ? null : merged.lastKey();
    for (var entry : rows.tailMap(after.compareTo(prefix) < 0 ? prefix : after, true).entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith(prefix)) {
        break;
      }
      if (key.equals(after) && !after.isEmpty()) {
        continue;
      }
      Optional<V> row = rowOf(entry.getValue());
      if (row.isEmpty()) {
        merged.remove(key);
      } else if (last == null || key.compareTo(last) <= 0) {
        merged.put(key, row.get());
      }
    }
    return merged.entrySet().stream()
        .limit(limit)
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Rows are put in under their own table only. */
  @SuppressWarnings("unchecked")
  private static <V> Optional<V> rowOf(Optional<?> row) {
    return (Optional<V>) row;
  }
}
