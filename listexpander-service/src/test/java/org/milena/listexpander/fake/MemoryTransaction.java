package org.milena.listexpander.fake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.StageTransaction;
import org.milena.common.table.Table;

/**
 * A transaction over memory tables: rows are there at once, and records are kept to be looked at.
 */
public final class MemoryTransaction implements StageTransaction {
  private final List<OutRecord> sent;
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  public MemoryTransaction() {
    this(new ArrayList<>());
  }

  /** Writes behind what earlier ones wrote; a record's offset is its place among all of them. */
  public MemoryTransaction(List<OutRecord> log) {
    this.sent = log;
  }

  @Override
  public void send(OutRecord record) {
    sent.add(record);
  }

  @Override
  public void send(OutRecord record, Consumer<RecordPosition> then) {
    long offset = sent.size();
    sent.add(record);
    waiting.add(() -> then.accept(new RecordPosition(record.topic(), 0, offset)));
  }

  /** What stands behind the broker's acknowledgements; then everything is written. */
  public void finish() {
    settle();
  }

  @Override
  public void settle() {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
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

  /** What was written to a topic. */
  public List<OutRecord> on(String topic) {
    return sent.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  /** The JSON that was written to a topic. */
  public <T> List<T> on(String topic, Class<T> type) {
    return on(topic).stream()
        .map(record -> MailJson.read(Objects.requireNonNull(record.value()), type))
        .toList();
  }

  /** What happened, in its order. */
  public List<MailEvent.Kind> story() {
    return on(Topics.EVENTS, MailEvent.class).stream().map(MailEvent::kind).toList();
  }

  /** All events. */
  public List<MailEvent> events() {
    return on(Topics.EVENTS, MailEvent.class);
  }
}
