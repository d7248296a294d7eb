package org.milena.engines.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;

class BrokerPropertiesTest {

  private final Properties ours = BrokerProperties.of(Path.of("/data"), 9092, 9093, Map.of());

  @Test
  void namesOnlySettingsTheBrokerKnows() {
    assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(ours.stringPropertyNames());
  }

  @Test
  void isAcceptedByTheBroker() {
    assertThat(new KafkaConfig(ours, false).quorumConfig()).isNotNull();
  }

  @Test
  void listensOnTheLoopbackAddressOnly() {
    assertThat(ours.getProperty("listeners"))
        .isEqualTo("PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093");
  }

  @Test
  void letsAnOverrideWin() {
    Properties overridden =
        BrokerProperties.of(Path.of("/data"), 9092, 9093, Map.of("num.partitions", "12"));
    assertThat(overridden).containsEntry("num.partitions", "12").hasSameSizeAs(ours);
  }
}
