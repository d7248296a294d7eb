package org.milena.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.stage.OutRecord;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;

/** The janitor trims what is done with, and nothing else. */
class JanitorIT {
  private static final int RECORDS = 20;
  private static final TopicPartition FIRST = new TopicPartition(Topics.LISTS, 0);

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final KafkaAccess access = SharedBroker.kafkaAccess(broker.bootstrapServers(), "a");

  @BeforeEach
  void publish() {
    access.start();
    for (int i = 0; i < RECORDS; i++) {
      var unused =
          access
              .publisher()
              .publish(
                  OutRecord.of(Topics.LISTS, "k", ("mail " + i).getBytes(StandardCharsets.UTF_8))
                      .inPartition(0))
              .join();
    }
    access.ensureGroup("listexpander", Topics.LISTS);
  }

  @AfterEach
  void close() {
    access.close();
    broker.close();
  }

  @Test
  void nothingThatNobodyHasReadGoes() {
    assertThat(janitor(inTheFuture(), OptionalLong.empty()).trim()).isEmpty();
    assertThat(start()).isZero();
  }

  @Test
  void whatTheSlowestReaderHasPassedGoes() throws Exception {
    read(12);
    assertThat(janitor(inTheFuture(), OptionalLong.empty()).trim()).isEqualTo(Map.of(0, 12L));
    assertThat(start()).isEqualTo(12);
  }

  @Test
  void whatSomebodyStillPointsAtStays() throws Exception {
    read(12);
    assertThat(janitor(inTheFuture(), OptionalLong.of(5)).trim()).isEqualTo(Map.of(0, 5L));
    assertThat(start()).isEqualTo(5);
  }

  @Test
  void nothingYoungGoes() throws Exception {
    read(12);
    assertThat(janitor(InstantSource.system(), OptionalLong.empty()).trim()).isEmpty();
    assertThat(start()).isZero();
  }

  @Test
  void whatAnUnreadDeliveryMayPointAtStays() throws Exception {
    read(RECORDS);
    access.ensureGroup("egress", Topics.DELIVERIES);
    RecordPosition delivery =
        access
            .publisher()
            .publish(OutRecord.of(Topics.DELIVERIES, "x.example", new byte[] {'{', '}'}))
            .join();
    List<TrimRule.Reader> egress = List.of(new TrimRule.Reader("egress", Topics.DELIVERIES));
    // written within the hour before the delivery that nobody has taken
    assertThat(janitor(inTheFuture(), OptionalLong.empty(), egress).trim()).isEmpty();
    assertThat(start()).isZero();
    commit(
        "egress",
        new TopicPartition(Topics.DELIVERIES, delivery.partition()),
        delivery.offset() + 1);
    assertThat(janitor(inTheFuture(), OptionalLong.empty(), egress).trim())
        .isEqualTo(Map.of(0, (long) RECORDS));
  }

  private Janitor janitor(InstantSource clock, OptionalLong lowestLive) {
    return janitor(clock, lowestLive, List.of());
  }

  private Janitor janitor(
      InstantSource clock, OptionalLong lowestLive, List<TrimRule.Reader> pointing) {
    TrimRule rule =
        new TrimRule(
            Topics.LISTS, List.of("listexpander"), pointing, _ -> lowestLive, Duration.ofDays(7));
    return new Janitor(access.admin(), rule, access::partitions, access.mailReaderEdge(), clock);
  }

  private static InstantSource inTheFuture() {
    Instant later = InstantSource.system().instant().plus(Duration.ofDays(30));
    return InstantSource.fixed(later);
  }

  private void read(long upTo) throws Exception {
    commit("listexpander", FIRST, upTo);
  }

  private void commit(String group, TopicPartition partition, long offset) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    offsets.put(partition, new OffsetAndMetadata(offset));
    access.admin().alterConsumerGroupOffsets(group, offsets).all().get();
  }

  private long start() {
    return TopicKeeper.await(
            access.admin().listOffsets(Map.of(FIRST, OffsetSpec.earliest())).partitionResult(FIRST),
            "asking")
        .offset();
  }
}
