package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageOptions;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.CutLog;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.context.SmartLifecycle;

/**
 * What a loss of power leaves on one machine: a log without its end beside offsets that were kept.
 * Here the end is cut off the log of a broker that stands.
 */
class PowerLossIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aGroupBehindTheEndGoesOnAtTheEnd() {
    all(1, 10);
    assertThat(CutLog.leave(folder, Topics.RECEIVED, 3)).isPositive();
    try (EmbeddedKafka broker = SharedBroker.at(folder);
        KafkaAccess access = access(broker)) {
      access.start();
      Reading reading = new Reading();
      SmartLifecycle stage = access.stage(reading, new StageOptions(4, 100));
      stage.start();
      try {
        publish(access, 11, 12);
        await(() -> reading.texts().containsAll(texts(11, 12)));
        assertThat(reading.texts()).containsExactlyElementsOf(texts(11, 12));
      } finally {
        stage.stop();
      }
    }
  }

  @Test
  void recordsThatCameInThePlaceOfLostOnesAreRead() {
    all(1, 10);
    assertThat(CutLog.leave(folder, Topics.RECEIVED, 3)).isPositive();
    try (EmbeddedKafka broker = SharedBroker.at(folder);
        KafkaAccess access = access(broker)) {
      access.start();
      // more than were lost, before the group looks: its offset lies amid records it never saw
      publish(access, 11, 40);
      Reading reading = new Reading();
      SmartLifecycle stage = access.stage(reading, new StageOptions(4, 100));
      stage.start();
      try {
        await(() -> reading.texts().containsAll(texts(11, 40)));
      } finally {
        stage.stop();
      }
    }
  }

  @Test
  void theLastMinutesAreReadAgainWhenThatIsWanted() {
    all(1, 10);
    try (EmbeddedKafka broker = SharedBroker.at(folder);
        KafkaAccess access = access(broker)) {
      access.start();
      Reading reading = new Reading();
      SmartLifecycle stage = access.stage(reading, new StageOptions(4, 100, Duration.ofMinutes(5)));
      stage.start();
      try {
        await(() -> reading.texts().containsAll(texts(1, 10)));
        publish(access, 11, 12);
        await(() -> reading.texts().containsAll(texts(11, 12)));
        assertThat(reading.read).hasSize(12);
      } finally {
        stage.stop();
      }
    }
  }

  /** What is in hand is not written: the group goes back to it, and not only to the end. */
  @Test
  void whatWasInHandIsReadAgain() {
    Reading reading = new Reading();
    EmbeddedKafka broker = SharedBroker.at(folder);
    int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
    try (KafkaAccess access = access(broker)) {
      access.start();
      publish(access, 1, 6);
      reading.hold("mail 002");
      SmartLifecycle stage = access.stage(reading, new StageOptions(8, 100));
      stage.start();
      try {
        await(() -> reading.texts().equals(Set.of("mail 001")) && reading.gate.arrived() == 1);
        broker.close();
        assertThat(CutLog.leave(folder, Topics.RECEIVED, 4)).isPositive();
        broker = SharedBroker.at(folder, port);
        try (KafkaAccess other = SharedBroker.kafkaAccess(broker.bootstrapServers(), "b")) {
          publish(other, 7, 7);
        }
        await(() -> reading.gate.arrived() == 2 || reading.texts().contains("mail 007"));
        reading.gate.open();
        await(
            () -> reading.texts().containsAll(texts(1, 4)) && reading.texts().contains("mail 007"));
      } finally {
        reading.gate.open();
        stage.stop();
      }
    } finally {
      broker.close();
    }
  }

  /** Reads them all and stops cleanly. */
  private void all(int first, int last) {
    try (EmbeddedKafka broker = SharedBroker.at(folder);
        KafkaAccess access = access(broker)) {
      access.start();
      publish(access, first, last);
      Reading reading = new Reading();
      SmartLifecycle stage = access.stage(reading, new StageOptions(4, 100));
      stage.start();
      await(() -> reading.texts().containsAll(texts(first, last)));
      await(() ->
          access.pipeline().look().stream()
              .filter(state -> state.stage().equals("scanner"))
              .allMatch(state -> state.lag() == 0));
      stage.stop();
    }
  }

  private static KafkaAccess access(EmbeddedKafka broker) {
    return SharedBroker.kafkaAccess(broker.bootstrapServers(), "a");
  }

  private static void publish(KafkaAccess access, int first, int last) {
    for (String text : texts(first, last)) {
      var unused =
          access
              .publisher()
              .publish(OutRecord.of(Topics.RECEIVED, "one", text.getBytes(StandardCharsets.UTF_8)))
              .join();
    }
  }

  private static List<String> texts(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj("mail %03d"::formatted).toList();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** Remembers what it read. */
  private static final class Reading implements Stage {
    private final ConcurrentLinkedQueue<String> read = new ConcurrentLinkedQueue<>();
    private final Gate gate = new Gate();
    private volatile String slow = "";

    /** Prepares this one when the gate is opened. */
    void hold(String text) {
      slow = text;
    }

    Set<String> texts() {
      return new TreeSet<>(read);
    }

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
      String text = new String(record.value(), StandardCharsets.UTF_8);
      if (text.equals(slow)) {
        gate.pass();
      }
      return _ -> read.add(text);
    }
  }
}
