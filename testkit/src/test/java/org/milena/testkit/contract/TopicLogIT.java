package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.TopicLog;
import org.milena.testkit.kafka.SharedBroker;

/** A topic read from one place to another, on a real broker. */
class TopicLogIT {
  private final KafkaAccess access = SharedBroker.kafkaAccess("topic-log-it");
  private final TopicLog log = access.log(Topics.POSTS);

  @AfterEach
  void close() {
    access.close();
  }

  private void write(String key) {
    access.publisher().write(OutRecord.of(Topics.POSTS, key, key.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> keys(Map<Integer, Long> from, Map<Integer, Long> to) {
    List<String> keys = new ArrayList<>();
    log.read(
        from,
        to,
        stretch -> stretch.records().forEach(record -> keys.add(record.key().orElse(""))));
    return keys;
  }

  @Test
  void showsWhatLiesBetweenTwoPlacesOnce() {
    write("before");
    Map<Integer, Long> from = log.ends();
    List<String> written = IntStream.range(0, 1_300).mapToObj(i -> "between-" + i).toList();
    written.forEach(this::write);
    Map<Integer, Long> to = log.ends();
    write("behind");
    assertThat(keys(from, to)).containsExactlyInAnyOrderElementsOf(written);
    assertThat(keys(to, to)).isEmpty();
    assertThat(keys(Map.of(), to)).contains("before", "between-0").doesNotContain("behind");
  }

  @Test
  void goesOnWhereAStretchEnded() {
    Map<Integer, Long> from = log.ends();
    List<String> written = IntStream.range(0, 40).mapToObj(i -> "again-" + i).toList();
    written.forEach(this::write);
    Map<Integer, Long> to = log.ends();
    Map<Integer, Long> next = new HashMap<>(from);
    List<String> keys = new ArrayList<>();
    IllegalStateException stop = new IllegalStateException("enough");
    assertThatThrownBy(() ->
            log.read(
                from,
                to,
                stretch -> {
                  stretch.records().forEach(record -> keys.add(record.key().orElse("")));
                  next.putAll(stretch.next());
                  throw stop;
                }))
        .isSameAs(stop);
    keys.addAll(keys(next, to));
    assertThat(keys).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void showsTombstonesAndNothingThatWasNotCommitted() {
    Map<Integer, Long> from = log.ends();
    access.publisher().write(OutRecord.tombstone(Topics.POSTS, "gone"));
    try (KafkaProducer<String, byte[]> producer = access.transactionalProducer("topic-log-it")) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(Topics.POSTS, "aborted", new byte[] {1}));
      producer.flush();
      producer.abortTransaction();
    }
    write("committed");
    List<InRecord> records = new ArrayList<>();
    log.read(from, log.ends(), stretch -> records.addAll(stretch.records()));
    assertThat(records)
        .extracting(record -> record.key().orElse(""))
        .containsExactlyInAnyOrder("gone", "committed");
    assertThat(records).filteredOn(InRecord::isTombstone).hasSize(1);
  }
}
