package org.milena.testkit.contract;

import org.milena.common.directory.Suppression;
import org.milena.common.event.Topics;
import org.milena.common.table.MemoryTable;
import org.milena.common.table.Table;

class MemoryTableTest extends TableContract {
  private final Table<Suppression> table = new MemoryTable<>(Topics.DIRECTORY_SUPPRESSIONS);

  @Override
  Table<Suppression> table() {
    return table;
  }
}
