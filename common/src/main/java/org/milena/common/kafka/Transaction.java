package org.milena.common.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.milena.common.event.RecordPosition;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.ChangedRows;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.StageTransaction;
import org.milena.common.table.Table;

/**
 * What is being written in one transaction: sends, the work that waits for where a record lies, and
 * the rows that changed, which readers inside the transaction see at once.
 */
final class Transaction implements StageTransaction {
  private final Producer<String, byte[]> producer;
  private final ProducerRecords records;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private final ChangedRows changed = new ChangedRows();
  private final Map<Table<?>, List<Future<RecordMetadata>>> rowWrites = new LinkedHashMap<>();

  private record Waiting(
      OutRecord record, Future<RecordMetadata> future, Consumer<RecordPosition> then) {}

  Transaction(Producer<String, byte[]> producer, ProducerRecords records) {
    this.producer = producer;
    this.records = records;
  }

  @Override
  public void send(OutRecord record) {
    sent.add(producer.send(records.of(record)));
  }

  @Override
  public void send(OutRecord record, Consumer<RecordPosition> then) {
    waiting.add(new Waiting(record, producer.send(records.of(record)), then));
  }

  @Override
  public <V> void put(Table<V> table, String key, V row) {
    write(table, key, Optional.of(row));
  }

  @Override
  public <V> void delete(Table<V> table, String key) {
    write(table, key, Optional.empty());
  }

  private <V> void write(Table<V> table, String key, Optional<V> row) {
    if (!(table instanceof KafkaTable<V> kafkaTable)) {
      throw new IllegalArgumentException("not a table of this broker: " + table.topic());
    }
    rowWrites
        .computeIfAbsent(table, _ -> new ArrayList<>())
        .add(producer.send(records.of(kafkaTable.record(key, row))));
    changed.put(table, key, row);
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

  @Override
  public void settle() {
    while (!waiting.isEmpty()) {
      producer.flush();
      int round = waiting.size();
      for (int i = 0; i < round; i++) {
        Waiting next = waiting.remove();
        RecordMetadata metadata = await(next.future());
        next.then()
            .accept(
                new RecordPosition(next.record().topic(), metadata.partition(), metadata.offset()));
      }
    }
  }

  /** Writes what waited for positions, until nothing waits, and then for every acknowledgement. */
  void finish() {
    settle();
    producer.flush();
    sent.forEach(Transaction::await);
  }

  /** Where the views of the changed tables must be, for the next transaction to see this one. */
  Map<Table<?>, List<RecordPosition>> rowPositions() {
    Map<Table<?>, List<RecordPosition>> positions = new LinkedHashMap<>();
    rowWrites.forEach((table, futures) -> {
      Map<Integer, RecordPosition> last = new HashMap<>();
      for (Future<RecordMetadata> future : futures) {
        RecordMetadata metadata = await(future);
        last.put(
            metadata.partition(),
            new RecordPosition(table.topic(), metadata.partition(), metadata.offset()));
      }
      positions.put(table, List.copyOf(last.values()));
    });
    return positions;
  }

  private static RecordMetadata await(Future<RecordMetadata> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw new KafkaException("a record was not acknowledged", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while writing", e);
    }
  }
}
