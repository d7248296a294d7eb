package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.testkit.contract.StageBench.await;
import static org.milena.testkit.contract.StageBench.lag;
import static org.milena.testkit.contract.StageBench.publish;
import static org.milena.testkit.contract.StageBench.read;
import static org.milena.testkit.contract.StageBench.records;
import static org.milena.testkit.contract.StageBench.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.InRecord;
import org.milena.testkit.contract.StageBench.Copy;
import org.springframework.context.SmartLifecycle;

/** A record that takes long to prepare keeps only those behind it, and nothing of it gets lost. */
class SlowRecordIT {
  private final StageBench bench = new StageBench();

  @AfterEach
  void stopAll() {
    bench.close();
  }

  /** Holds what begins with "slow" until it is let go. */
  private static final class Slow extends Copy {
    private final Gate gate = new Gate();

    @Override
    public Prepared prepare(InRecord record) {
      if (text(record).startsWith("slow")) {
        gate.pass();
      }
      return super.prepare(record);
    }
  }

  @Test
  void keepsOnlyItsOwnPartitionWaiting() {
    KafkaAccess access = started("a");
    Slow stage = new Slow();
    var _ = bench.run(access, "scanner", stage);
    publish(access, "slow");
    await(() -> stage.gate.arrived() == 1);
    int sent = sendToAllPartitions(access);
    Map<Integer, List<String>> received = byPartition(access);
    int slow = partitionOf(received, "slow");
    int others = sent - (received.getOrDefault(slow, List.of()).size() - 1);
    await(() -> read(access, Topics.LISTS).size() >= others);
    assertThat(read(access, Topics.LISTS)).hasSize(others).doesNotContain("slow");
    assertThat(lag(access, "scanner")).as("it is not passed over").isPositive();
    stage.gate.open();
    awaitEachOnce(access, sent + 1);
    assertThat(stage.gate.arrived()).as("how often it is prepared").isEqualTo(1);
  }

  /** More wait behind it in its partition than may be prepared at the same time. */
  @Test
  void isPassedByOthersThoughItStandsBeforeABacklog() {
    KafkaAccess access = started("a");
    publish(access, "slow");
    int sent = sendToAllPartitions(access);
    Map<Integer, List<String>> received = byPartition(access);
    int behind = received.getOrDefault(partitionOf(received, "slow"), List.of()).size() - 1;
    assertThat(behind).isGreaterThan(StageBench.PARALLEL);
    Slow stage = new Slow();
    var _ = bench.run(access, "scanner", stage);
    await(() -> read(access, Topics.LISTS).size() >= sent - behind);
    stage.gate.open();
    awaitEachOnce(access, sent + 1);
  }

  @Test
  void isWrittenBeforeThoseBehindIt() {
    KafkaAccess access = started("a");
    Slow stage = new Slow();
    var _ = bench.run(access, "scanner", stage);
    publish(access, "slow");
    await(() -> stage.gate.arrived() == 1);
    int sent = sendToAllPartitions(access);
    stage.gate.open();
    await(() -> read(access, Topics.LISTS).size() >= sent + 1 && lag(access, "scanner") == 0);
    Map<Integer, List<String>> received = byPartition(access);
    List<String> written = read(access, Topics.LISTS);
    received.forEach((partition, texts) ->
        assertThat(written.stream().filter(texts::contains).toList())
            .as("partition %d", partition)
            .isEqualTo(texts));
  }

  @Test
  void isDoneBySomebodyElseWhenItsStageStops() {
    KafkaAccess access = started("a");
    Slow stage = new Slow();
    SmartLifecycle first = bench.run(access, "scanner", stage);
    publish(access, "slow");
    await(() -> stage.gate.arrived() == 1);
    int sent = sendToAllPartitions(access);
    first.stop();
    var _ = bench.run(started("b"), "scanner", new Copy());
    awaitEachOnce(access, sent + 1);
  }

  @Test
  void losesNothingWhenItsPartitionGoesToAnotherInstance() {
    KafkaAccess access = started("a");
    Slow stage = new Slow();
    var _ = bench.run(access, "scanner", stage);
    List<String> sent = new ArrayList<>();
    // whichever partition goes, a slow one goes with it
    while (partitionsWithASlowOne(access) < access.partitions(Topics.RECEIVED)) {
      for (int i = 0; i < 20; i++) {
        String text = (i % 5 == 0 ? "slow " : "mail ") + sent.size() + " ".repeat(8_000);
        sent.add(text);
        publish(access, text);
      }
    }
    await(() -> stage.gate.arrived() > 0);
    Slow other = new Slow();
    other.gate.open();
    var _ = bench.run(started("b"), "scanner", other);
    await(() -> other.gate.arrived() > 0);
    stage.gate.open();
    await(() -> read(access, Topics.LISTS).size() >= sent.size() && lag(access, "scanner") == 0);
    assertThat(read(access, Topics.LISTS)).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void failsInTheEndLikeAnyOther() {
    KafkaAccess access = started("a");
    Gate gate = new Gate();
    var _ =
        bench.run(
            access,
            "scanner",
            new Copy() {
              @Override
              public Prepared prepare(InRecord record) {
                if (text(record).equals("slow")) {
                  gate.pass();
                  throw new IllegalStateException("cannot digest this");
                }
                return super.prepare(record);
              }
            });
    publish(access, "slow");
    await(() -> gate.arrived() == 1);
    int sent = sendToAllPartitions(access);
    gate.open();
    await(() -> read(access, Topics.DEAD_LETTERS).equals(List.of("slow")));
    awaitEachOnce(access, sent);
    assertThat(gate.arrived()).isEqualTo(5);
  }

  private KafkaAccess started(String instance) {
    KafkaAccess access = bench.access(instance);
    access.start();
    return access;
  }

  /** Waits until so many are written and nothing is left to do. */
  private static void awaitEachOnce(KafkaAccess access, int count) {
    await(() -> read(access, Topics.LISTS).size() >= count && lag(access, "scanner") == 0);
    assertThat(read(access, Topics.LISTS)).hasSize(count).doesNotHaveDuplicates();
  }

  /** Returns how many it sent. */
  private static int sendToAllPartitions(KafkaAccess access) {
    int sent = 0;
    while (byPartition(access).size() < access.partitions(Topics.RECEIVED)) {
      for (int i = 0; i < 20; i++) {
        // the producer goes to another partition after some hundred kilobytes
        publish(access, "mail " + sent++ + " ".repeat(8_000));
      }
    }
    return sent;
  }

  private static Map<Integer, List<String>> byPartition(KafkaAccess access) {
    Map<Integer, List<String>> found = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records(access, Topics.RECEIVED)) {
      found
          .computeIfAbsent(record.partition(), _ -> new ArrayList<>())
          .add(new String(record.value(), StandardCharsets.UTF_8));
    }
    return found;
  }

  private static long partitionsWithASlowOne(KafkaAccess access) {
    return byPartition(access).values().stream()
        .filter(texts -> texts.stream().anyMatch(text -> text.startsWith("slow")))
        .count();
  }

  private static int partitionOf(Map<Integer, List<String>> received, String text) {
    return received.entrySet().stream()
        .filter(entry -> entry.getValue().contains(text))
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
