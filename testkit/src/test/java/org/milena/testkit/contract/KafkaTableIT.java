package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Suppression;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.TableSpec;
import org.milena.common.stage.OutRecord;
import org.milena.common.table.Table;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;

/** The table over a compacted topic, against a real broker; and what only that one can meet. */
class KafkaTableIT extends TableContract {
  private static EmbeddedKafka broker;

  private KafkaAccess access;
  private Table<Suppression> table;

  @BeforeAll
  static void startBroker() {
    broker = SharedBroker.fresh();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void open() {
    access = SharedBroker.kafkaAccess(broker.bootstrapServers(), "a");
    table = follow(access);
    access.start();
    keys(table.scan("", "", 1_000)).forEach(table::delete);
  }

  private static Table<Suppression> follow(KafkaAccess access) {
    return access.table(new TableSpec<>(Topics.DIRECTORY_SUPPRESSIONS, Suppression.class));
  }

  @AfterEach
  void close() {
    access.close();
  }

  @Override
  Table<Suppression> table() {
    return table;
  }

  @Test
  void aLaterInstanceReplaysItAll() {
    isAMap();
    try (KafkaAccess later = SharedBroker.kafkaAccess(broker.bootstrapServers(), "b")) {
      Table<Suppression> replayed = follow(later);
      later.start();
      assertThat(replayed.scan("", "", 1_000)).isEqualTo(table.scan("", "", 1_000));
    }
  }

  @Test
  void stepsOverARowNobodyCanRead() {
    aWriteIsReadAtOnce();
    publish("broken", "this is no JSON");
    aWriteIsReadAtOnce();
    assertThat(table.get("broken")).isEmpty();
    assertThat(access.ended()).isEmpty();
    table.delete("broken");
  }

  @Test
  void aRowWithoutAKeyIsADefectAndNoOutage() {
    assertThatThrownBy(() -> publish(null, "{}"))
        .hasCauseInstanceOf(UnreadableRecordException.class);
  }

  private void publish(@Nullable String key, String value) {
    var unused =
        access
            .publisher()
            .publish(
                OutRecord.of(
                    Topics.DIRECTORY_SUPPRESSIONS, key, value.getBytes(StandardCharsets.UTF_8)))
            .join();
  }
}
