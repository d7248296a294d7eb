package org.milena.common.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Publisher;
import org.milena.common.table.MemoryTable;
import org.milena.common.table.RowCodec;
import org.milena.common.table.Table;

/** A compacted topic as a table. The {@link TableReader} feeds its map. */
final class KafkaTable<V> implements Table<V> {
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(30);

  private final MemoryTable<V> rows;
  private final RowCodec<V> codec;
  private final TableReader reader;
  private final Publisher publisher;

  KafkaTable(TableSpec<V> spec, TableReader reader, Publisher publisher) {
    this.rows = new MemoryTable<>(spec.topic());
    this.codec = spec.codec();
    this.reader = reader;
    this.publisher = publisher;
  }

  /**
   * Takes a record of the topic into the map; on the reader's thread.
   *
   * @throws UnreadableRecordException when the record is no row
   */
  void apply(ConsumerRecord<String, byte[]> record) {
    if (record.key() == null) {
      throw new UnreadableRecordException("a row without a key");
    }
    rows.apply(record.key(), record.value() == null ? null : codec.decode(record.value()));
  }

  /** The record that writes a row, or deletes it when {@code row} is empty. */
  OutRecord record(String key, Optional<V> row) {
    return row.map(present ->
            OutRecord.of(topic(), key, codec.encode(present))
                .withHeader(RecordHeaders.TYPE, RecordType.ROW.label()))
        .orElseGet(() -> OutRecord.tombstone(topic(), key))
        .inPartitionOf(Partitions.ofRow(key));
  }

  @Override
  public String topic() {
    return rows.topic();
  }

  @Override
  public Optional<V> get(String key) {
    return rows.get(key);
  }

  @Override
  public List<Map.Entry<String, V>> scan(String prefix, String after, int limit) {
    return rows.scan(prefix, after, limit);
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public void put(String key, V row) {
    write(record(key, Optional.of(row)));
  }

  @Override
  public void delete(String key) {
    write(record(key, Optional.empty()));
  }

  private void write(OutRecord record) {
    awaitPassed(publisher.write(record), WRITE_LIMIT);
  }

  @Override
  public void awaitPassed(RecordPosition position, Duration atMost) {
    reader.awaitPassed(position, atMost);
  }

  @Override
  public void awaitCurrent(Duration atMost) {
    reader.awaitCurrent(topic(), atMost);
  }

  @Override
  public boolean isFresh() {
    return reader.isFresh();
  }

  @Override
  public void onChange(Listener<V> listener) {
    rows.onChange(listener);
  }

  @Override
  public void close() {
    rows.close();
  }
}
