package org.milena.engines.kafka;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the broker keeps its data and listens.
 *
 * @param dataFolder made if missing; holds everything the broker knows
 * @param brokerPort port for clients on the loopback address, 0 for any free one
 * @param controllerPort port the broker reaches its own controller by, 0 for any free one
 * @param overrides broker settings that replace ours, by Kafka's names
 */
public record EmbeddedKafkaSettings(
    Path dataFolder, int brokerPort, int controllerPort, Map<String, String> overrides) {

  public EmbeddedKafkaSettings {
    requirePort("brokerPort", brokerPort);
    requirePort("controllerPort", controllerPort);
    if (brokerPort != 0 && brokerPort == controllerPort) {
      throw new IllegalArgumentException(
          "brokerPort and controllerPort are both " + brokerPort + ", they must differ");
    }
    overrides = Map.copyOf(overrides);
  }

  /** Free ports, nothing overridden. */
  public static EmbeddedKafkaSettings in(Path dataFolder) {
    return new EmbeddedKafkaSettings(dataFolder, 0, 0, Map.of());
  }

  private static void requirePort(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + " must be 0 to 65535, not " + port);
    }
  }
}
