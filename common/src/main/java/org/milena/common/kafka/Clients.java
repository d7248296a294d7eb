package org.milena.common.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka clients with the settings that our promises need. */
final class Clients {
  private static final int MEBIBYTE = 1024 * 1024;

  /**
   * Keep the brokers we know when none answers. The default asks the bootstrap servers anew without
   * a pause: seen to spin and to fill the log while the broker was away.
   */
  private static final String RECOVERY = "none";

  /** A transaction that hangs blocks every reader of its partitions: keep it short. */
  static final int TRANSACTION_TIMEOUT_MS = 10_000;

  private final KafkaSettings settings;

  Clients(KafkaSettings settings) {
    this.settings = settings;
  }

  Admin admin() {
    return Admin.create(
        Map.of(
            CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
            RECOVERY,
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            settings.bootstrapServers(),
            CommonClientConfigs.CLIENT_ID_CONFIG,
            settings.instance() + "-admin",
            CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
            30_000,
            CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            1_000));
  }

  /**
   * For single durable writes: gives up in time for an SMTP client that waits. One request at a
   * time: what comes meanwhile goes together into the next one and shares its flush, where several
   * requests would queue up in the broker and flush one by one.
   */
  KafkaProducer<String, byte[]> producer() {
    Map<String, Object> config = producerConfig("publisher");
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 512 * 1024);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 25_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 8_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 96L * MEBIBYTE);
    return new KafkaProducer<>(config);
  }

  KafkaProducer<String, byte[]> transactionalProducer(String stage) {
    Map<String, Object> config = producerConfig(stage);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, stage + "-" + settings.instance());
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 8_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * MEBIBYTE);
    return new KafkaProducer<>(config);
  }

  private Map<String, Object> producerConfig(String name) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, settings.instance() + "-" + name);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, RECOVERY);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.maxDeadLetterSize());
    config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return config;
  }

  /** A member of a group (KIP-848); offsets are moved by us alone, and never guessed. */
  KafkaConsumer<String, byte[]> consumer(String group, Map<String, Object> overrides) {
    Map<String, Object> config = consumerConfig(group);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.putAll(overrides);
    return new KafkaConsumer<>(config);
  }

  /** A reader that names its partitions itself and commits nothing. */
  KafkaConsumer<String, byte[]> assigningConsumer(String name, Map<String, Object> overrides) {
    Map<String, Object> config = consumerConfig(name);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.putAll(overrides);
    return new KafkaConsumer<>(config);
  }

  private Map<String, Object> consumerConfig(String name) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.instance() + "-" + name);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, RECOVERY);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MEBIBYTE);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * MEBIBYTE);
    config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 600_000);
    return config;
  }
}
