package org.milena.scanner;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.milena.common.event.RecordPosition;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.StageTransaction;
import org.milena.common.table.Table;

/** Remembers what a stage writes, in its order; every topic has one partition. */
public final class RecordingTransaction implements StageTransaction {

  private final List<OutRecord> sent = new ArrayList<>();

  /** The records on a topic as a reader gets them. */
  public List<InRecord> on(String topic) {
    List<InRecord> read = new ArrayList<>();
    for (OutRecord record : sent) {
      if (record.topic().equals(topic)) {
        read.add(asRead(record, read.size()));
      }
    }
    return read;
  }

  /** All topics written to. */
  public List<String> topics() {
    return sent.stream().map(OutRecord::topic).toList();
  }

  /** A record as a reader gets it. */
  public static InRecord asRead(OutRecord record, long offset) {
    return new InRecord(
        new RecordPosition(record.topic(), 0, offset),
        record.key().orElse(null),
        record.value(),
        record.headers(),
        Instant.EPOCH);
  }

  @Override
  public void send(OutRecord record) {
    sent.add(record);
  }

  @Override
  public void send(OutRecord record, Consumer<RecordPosition> then) {
    long offset = on(record.topic()).size();
    sent.add(record);
    then.accept(new RecordPosition(record.topic(), 0, offset));
  }

  @Override
  public void settle() {
    // nothing ever waits here
  }

  @Override
  public <V> void put(Table<V> table, String key, V row) {
    table.put(key, row);
  }

  @Override
  public <V> void delete(Table<V> table, String key) {
    table.delete(key);
  }

  @Override
  public <V> Optional<V> get(Table<V> table, String key) {
    return table.get(key);
  }

  @Override
  public <V> List<Map.Entry<String, V>> scan(
      Table<V> table, String prefix, String after, int limit) {
    return table.scan(prefix, after, limit);
  }
}
