package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageOptions;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.context.SmartLifecycle;

/** Stages that run on a broker of their own, for the tests of one class. */
final class StageBench implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Records prepared at the same time. */
  static final int PARALLEL = 8;

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final List<KafkaAccess> accesses = new ArrayList<>();
  private final List<SmartLifecycle> stages = new ArrayList<>();

  /** Writes each record it reads to the lists. */
  static class Copy implements Stage {
    @Override
    public String name() {
      return "scanner";
    }

    @Override
    public String topic() {
      return Topics.RECEIVED;
    }

    @Override
    public Prepared prepare(InRecord record) {
      return transaction -> transaction.send(OutRecord.of(Topics.LISTS, "list", record.value()));
    }
  }

  /** Counts, too, by instance. */
  static final class Counting extends Copy {
    private final String instance;
    private final Map<String, AtomicInteger> by;

    Counting(String instance, Map<String, AtomicInteger> by) {
      this.instance = instance;
      this.by = by;
    }

    @Override
    public Prepared prepare(InRecord record) {
      by.computeIfAbsent(instance, _ -> new AtomicInteger()).incrementAndGet();
      return super.prepare(record);
    }
  }

  static String text(InRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  KafkaAccess access(String instance) {
    KafkaAccess access = SharedBroker.kafkaAccess(broker.bootstrapServers(), instance);
    accesses.add(access);
    return access;
  }

  SmartLifecycle run(KafkaAccess access, String name, Stage stage) {
    assertThat(stage.name()).isEqualTo(name);
    SmartLifecycle lifecycle = access.stage(stage, new StageOptions(PARALLEL, 10));
    lifecycle.start();
    stages.add(lifecycle);
    return lifecycle;
  }

  static void publish(KafkaAccess access, String text) {
    var unused =
        access
            .publisher()
            .publish(OutRecord.of(Topics.RECEIVED, null, text.getBytes(StandardCharsets.UTF_8)))
            .join();
  }

  static long lag(KafkaAccess access, String stage) {
    return access.pipeline().look().stream()
        .filter(state -> state.stage().equals(stage))
        .mapToLong(state -> state.lag())
        .sum();
  }

  static List<String> read(KafkaAccess access, String topic) {
    return records(access, topic).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  static List<ConsumerRecord<String, byte[]>> records(KafkaAccess access, String topic) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = access.assigningConsumer(Map.of())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int i = 0; i < access.partitions(topic); i++) {
        partitions.add(new TopicPartition(topic, i));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not happen within " + LIMIT);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  @Override
  public void close() {
    stages.forEach(SmartLifecycle::stop);
    accesses.forEach(KafkaAccess::close);
    broker.close();
  }
}
