package org.milena.common.table;

/** Makes tables: over topics, or in memory ({@code MemoryTable::of}). */
@FunctionalInterface
public interface TableMaker {

  /** The table on this topic. */
  <V> Table<V> table(String topic, Class<V> row);
}
