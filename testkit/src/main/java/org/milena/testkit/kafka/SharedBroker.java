package org.milena.testkit.kafka;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.KafkaSettings;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.engines.kafka.EmbeddedKafkaSettings;
import org.milena.testkit.file.TemporaryFolder;

/** The broker that the tests of a JVM share. */
public final class SharedBroker {
  /** The site's largest mail in tests, bytes. */
  public static final int MAX_MAIL_SIZE = 26_214_400;

  private static @Nullable EmbeddedKafka shared;

  /** Where clients find it; started at the first call. */
  public static synchronized String bootstrapServers() {
    if (shared == null) {
      EmbeddedKafka broker = fresh();
      TemporaryFolder.closeFirst(broker::close);
      shared = broker;
    }
    return shared.bootstrapServers();
  }

  /** A broker of its own; the caller closes it. */
  public static EmbeddedKafka fresh() {
    return at(TemporaryFolder.create("milena-broker"));
  }

  /** A broker on this folder, kept by the caller. */
  public static EmbeddedKafka at(Path folder) {
    return at(folder, 0);
  }

  /** Likewise, on a port: where clients know one that was closed. */
  public static EmbeddedKafka at(Path folder, int port) {
    return EmbeddedKafka.start(new EmbeddedKafkaSettings(folder, port, 0, QUICK_GROUPS));
  }

  /** A dead member's partitions go to the others after seconds. */
  private static final Map<String, String> QUICK_GROUPS =
      Map.of(
          "group.consumer.min.session.timeout.ms", "3000",
          "group.consumer.session.timeout.ms", "3000",
          "group.consumer.min.heartbeat.interval.ms", "500",
          "group.consumer.heartbeat.interval.ms", "500",
          "log.flush.interval.messages", "9223372036854775807");

  /** An access to the shared broker. Start it, and close it after the test. */
  public static KafkaAccess kafkaAccess(String instance) {
    return kafkaAccess(bootstrapServers(), instance);
  }

  /** An access to some broker. */
  public static KafkaAccess kafkaAccess(String bootstrapServers, String instance) {
    return new KafkaAccess(
        settings(bootstrapServers, instance), new SimpleMeterRegistry(), InstantSource.system());
  }

  /** The settings of an instance in tests. */
  public static KafkaSettings settings(String bootstrapServers, String instance) {
    return new KafkaSettings(bootstrapServers, instance, 1, 4, MAX_MAIL_SIZE);
  }

  private SharedBroker() {}
}
