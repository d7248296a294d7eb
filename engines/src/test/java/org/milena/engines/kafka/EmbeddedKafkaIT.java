package org.milena.engines.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.milena.engines.EngineStartException;

@Timeout(180)
class EmbeddedKafkaIT {

  private static final TopicPartition POSTS = new TopicPartition("posts", 0);

  @TempDir Path folder;

  @Test
  void carriesRecordsAndOffsetsInTransactions() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder))) {
      createTopic(kafka.bootstrapServers(), Map.of());
      try (KafkaProducer<String, String> producer =
              producer(kafka.bootstrapServers(), Map.of("transactional.id", "stage-1"));
          KafkaConsumer<String, String> consumer =
              consumer(
                  kafka.bootstrapServers(),
                  Map.of("group.id", "readers", "group.protocol", "consumer"))) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("posts", "k", "aborted")).get();
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("posts", "k", "committed")).get();
        producer.sendOffsetsToTransaction(
            Map.of(POSTS, new OffsetAndMetadata(2)), consumer.groupMetadata());
        producer.commitTransaction();

        assertThat(readAll(kafka.bootstrapServers(), 1)).containsExactly("committed");
        assertThat(consumer.committed(Set.of(POSTS)))
            .containsEntry(POSTS, new OffsetAndMetadata(2));
      }
    }
  }

  @Test
  void servesAGroupOfTheNewProtocol() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder))) {
      createTopic(kafka.bootstrapServers(), Map.of());
      try (KafkaProducer<String, String> producer = producer(kafka.bootstrapServers(), Map.of());
          KafkaConsumer<String, String> consumer =
              consumer(
                  kafka.bootstrapServers(),
                  Map.of("group.id", "readers", "group.protocol", "consumer"))) {
        producer.send(new ProducerRecord<>("posts", "k", "hello")).get();
        consumer.subscribe(List.of("posts"));
        assertThat(poll(consumer, 1)).containsExactly("hello");
        consumer.commitSync();
      }
    }
  }

  @Test
  void findsItsDataAgainOnOtherPorts() throws Exception {
    int before;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder))) {
      before = kafka.brokerPort();
      createTopic(kafka.bootstrapServers(), Map.of());
      send(kafka.bootstrapServers(), "first");
    }
    int[] ports = freePorts();
    try (EmbeddedKafka kafka =
        EmbeddedKafka.start(new EmbeddedKafkaSettings(folder, ports[0], ports[1], Map.of()))) {
      assertThat(kafka.brokerPort()).isEqualTo(ports[0]).isNotEqualTo(before);
      send(kafka.bootstrapServers(), "second");
      assertThat(readAll(kafka.bootstrapServers(), 2)).containsExactly("first", "second");
    }
  }

  @Test
  void takesTheLargestMail() throws Exception {
    int size = 29 * 1024 * 1024;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder))) {
      createTopic(
          kafka.bootstrapServers(), Map.of("max.message.bytes", Integer.toString(size + 1024)));
      Map<String, Object> producing =
          Map.of(
              "bootstrap.servers",
              kafka.bootstrapServers(),
              "max.request.size",
              size + 1024,
              "buffer.memory",
              size + 1024L * 1024);
      try (KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
          KafkaConsumer<byte[], byte[]> consumer =
              new KafkaConsumer<>(
                  Map.of("bootstrap.servers", kafka.bootstrapServers()),
                  new ByteArrayDeserializer(),
                  new ByteArrayDeserializer())) {
        producer.send(new ProducerRecord<>("posts", new byte[size])).get();
        consumer.assign(List.of(POSTS));
        consumer.seek(POSTS, 0);
        List<Integer> sizes = new ArrayList<>();
        while (sizes.isEmpty()) {
          consumer.poll(Duration.ofSeconds(1)).forEach(r -> sizes.add(r.serializedValueSize()));
        }
        assertThat(sizes).containsExactly(size);
      }
    }
  }

  @Test
  void createsNoTopicByAccident() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
        KafkaProducer<String, String> producer =
            producer(kafka.bootstrapServers(), Map.of("max.block.ms", "2000"))) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("posts", "k", "v")).get())
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void refusesAFolderThatIsInUse() throws Exception {
    try (Child first = Child.start(folder)) {
      assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)))
          .isInstanceOf(EngineStartException.class)
          .hasMessage(
              "The Kafka folder %s is in use by process %d: stop that one first, or choose another"
                      .formatted(folder, first.process.pid())
                  + " folder.");
    }
  }

  @Test
  void refusesAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () -> EmbeddedKafka.start(new EmbeddedKafkaSettings(folder, port, 0, Map.of())))
          .isInstanceOf(EngineStartException.class)
          .hasMessageStartingWith(
              "Port %d on 127.0.0.1, which Kafka wants for clients, is not free".formatted(port));
    }
    EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)).close();
  }

  @Test
  void keepsWhatItAcknowledgedWhenItIsKilled() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    try (Child child = Child.start(folder)) {
      createTopic(child.bootstrapServers, Map.of());
      try (KafkaProducer<String, String> producer =
          producer(
              child.bootstrapServers,
              Map.of(
                  "delivery.timeout.ms",
                  "2000",
                  "request.timeout.ms",
                  "1000",
                  "batch.size",
                  "1024"))) {
        for (int i = 0; i < 20_000; i++) {
          String value = "record " + i;
          var _ =
              producer.send(
                  new ProducerRecord<>("posts", value),
                  (_, failure) -> {
                    if (failure == null) {
                      synchronized (acknowledged) {
                        acknowledged.add(value);
                        if (acknowledged.size() == 500) {
                          child.kill();
                        }
                      }
                    }
                  });
        }
      }
      assertThat(child.process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(500).hasSizeLessThan(20_000);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder))) {
      assertThat(readAll(kafka.bootstrapServers(), acknowledged.size())).containsAll(acknowledged);
    }
  }

  @Test
  void stopsCleanlyOnSigterm() throws Exception {
    try (Child child = Child.start(folder)) {
      child.process.destroy();
      assertThat(child.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(folder.resolve("logs/.kafka_cleanshutdown")).exists();
    }
  }

  private static void createTopic(String servers, Map<String, String> configs) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic("posts", 1, (short) 1).configs(configs)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void send(String servers, String value) throws Exception {
    try (KafkaProducer<String, String> producer = producer(servers, Map.of())) {
      producer.send(new ProducerRecord<>("posts", "k", value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static List<String> readAll(String servers, int expected) {
    try (KafkaConsumer<String, String> consumer =
        consumer(servers, Map.of("isolation.level", "read_committed"))) {
      consumer.assign(List.of(POSTS));
      consumer.seek(POSTS, 0);
      return poll(consumer, expected);
    }
  }

  /** Reads up to the end the topic had when it was asked. */
  private static List<String> poll(KafkaConsumer<String, String> consumer, int expected) {
    List<String> values = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (values.size() < expected
        || consumer.position(POSTS) < consumer.endOffsets(Set.of(POSTS)).getOrDefault(POSTS, 0L)) {
      for (ConsumerRecord<String, String> read : consumer.poll(Duration.ofMillis(500))) {
        values.add(read.value());
      }
      if (System.nanoTime() > end) {
        fail("only " + values.size() + " of " + expected + " records came");
      }
    }
    return values;
  }

  private static KafkaProducer<String, String> producer(String servers, Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", servers);
    settings.put("acks", "all");
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static KafkaConsumer<String, String> consumer(String servers, Map<String, String> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", servers);
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  private static int[] freePorts() throws Exception {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        ServerSocket two = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    }
  }

  /** The broker in a JVM of its own, so that it can be killed. */
  private record Child(Process process, String bootstrapServers) implements AutoCloseable {

    static Child start(Path folder) throws Exception {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  BrokerMain.class.getName(),
                  "--data",
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      BufferedReader output = process.inputReader();
      List<String> said = new ArrayList<>();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.add(line);
        int ready = line.indexOf("ready ");
        if (ready >= 0) {
          return new Child(process, line.substring(ready + "ready ".length()).strip());
        }
      }
      return fail("the broker did not start: " + said);
    }

    void kill() {
      process.destroyForcibly();
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
