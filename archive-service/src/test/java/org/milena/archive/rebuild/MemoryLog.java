package org.milena.archive.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.TopicLog;

/** A log of one partition. */
final class MemoryLog implements TopicLog {
  private final List<InRecord> records = new ArrayList<>();
  private final int stretch;

  MemoryLog(int stretch) {
    this.stretch = stretch;
  }

  void write(InRecord record) {
    records.add(record);
  }

  @Override
  public Map<Integer, Long> ends() {
    return Map.of(0, (long) records.size());
  }

  @Override
  public void read(Map<Integer, Long> from, Map<Integer, Long> to, Consumer<Stretch> each) {
    int at = from.getOrDefault(0, 0L).intValue();
    int end = to.getOrDefault(0, 0L).intValue();
    while (at < end) {
      int next = Math.min(end, at + stretch);
      each.accept(new Stretch(records.subList(at, next), Map.of(0, (long) next)));
      at = next;
    }
  }
}
