package org.milena.standalone.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.archive.elasticsearch.Indices;
import org.milena.archive.elasticsearch.Language;
import org.milena.archive.elasticsearch.SearchConnection;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnfitException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Stage;
import org.milena.common.stage.StageOptions;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdEngine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.Specimen;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.context.SmartLifecycle;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Our edges against the engines as containers: the images and the environment are those of {@code
 * docker-compose.yml}, but for where the broker listens.
 */
@Tag("docker")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ContainersIT {
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int RECORDS = 100;

  /** Testcontainers decides these, because clients come from outside the network. */
  private static final Set<String> ADDRESSES =
      Set.of(
          "KAFKA_CONTROLLER_QUORUM_VOTERS",
          "KAFKA_LISTENERS",
          "KAFKA_ADVERTISED_LISTENERS",
          "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
          "KAFKA_CONTROLLER_LISTENER_NAMES",
          "KAFKA_INTER_BROKER_LISTENER_NAME");

  @Test
  void theBrokerKeepsOurTopicsAndATransactionHappensOnce() throws Exception {
    try (KafkaContainer broker = broker()) {
      broker.start();
      String servers = broker.getBootstrapServers();
      try (KafkaAccess access = SharedBroker.kafkaAccess(servers, "one")) {
        assertThat(access.admin().listTopics().names().get(30, TimeUnit.SECONDS))
            .as("topics it made")
            .contains(Topics.RECEIVED, Topics.LISTS, Topics.POSTS, Topics.DIRECTORY_LISTS);
        access.start();
        SmartLifecycle stage = access.stage(new CopyStage(), new StageOptions(8, 10));
        stage.start();
        try {
          for (int i = 0; i < RECORDS; i++) {
            byte[] mail = ("mail " + i).getBytes(StandardCharsets.UTF_8);
            var unused =
                access.publisher().publish(OutRecord.of(Topics.RECEIVED, null, mail)).join();
          }
          awaitLagZero(access);
          assertThat(committed(access, Topics.LISTS))
              .as("what the stage wrote, seen by readers of committed records")
              .containsExactlyInAnyOrderElementsOf(
                  IntStream.range(0, RECORDS).mapToObj(i -> "mail " + i).toList());
        } finally {
          stage.stop();
        }
        keepMailForASecondOnly(access);
      }
      assertThatThrownBy(() -> SharedBroker.kafkaAccess(servers, "two"))
          .as("a topic that would lose mail")
          .isInstanceOf(UnfitException.class)
          .hasMessageContaining(Topics.RECEIVED)
          .hasMessageContaining("retention.ms");
    }
  }

  @Test
  void theSearchEngineTakesOurIndices() throws IOException {
    try (GenericContainer<?> server = elasticsearch()) {
      server.start();
      URI uri = URI.create("http://" + server.getHost() + ":" + server.getMappedPort(9200));
      try (var connection = new SearchConnection(uri, false, new SimpleMeterRegistry())) {
        YearMonth month = YearMonth.of(2026, 11);
        new Indices(connection, "milena", 1, EnumSet.allOf(Language.class)).prepare(month);
        // A second instance of the service finds them as they are.
        new Indices(connection, "milena", 1, EnumSet.allOf(Language.class)).prepare(month);
        assertThat(connection.health()).isIn("green", "yellow");
      }
    }
  }

  @Test
  void clamdReadsMailAndFindsEicar() throws Exception {
    try (GenericContainer<?> clamd =
        new GenericContainer<>(DockerImageName.parse(ComposeFile.image("clamav")))
            .withExposedPorts(3310)
            .waitingFor(Wait.forHealthcheck().withStartupTimeout(START_LIMIT))) {
      clamd.start();
      var address = new ClamdAddress.Tcp(clamd.getHost(), clamd.getMappedPort(3310));
      var engine = new ClamdEngine(address, InstantSource.system());
      assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
      assertThat(engine.scan(Specimen.probe(mail("hello")))).isEqualTo(new EngineVerdict.Clean());
      assertThat(engine.scan(Specimen.probe(mail(eicar()))))
          .isInstanceOfSatisfying(
              EngineVerdict.Infected.class,
              found -> assertThat(found.signature()).containsIgnoringCase("eicar"));
      assertThat(engine.version()).startsWith("ClamAV ");
    }
  }

  private static KafkaContainer broker() {
    var broker = new KafkaContainer(DockerImageName.parse(ComposeFile.image("kafka")));
    ComposeFile.environment("kafka")
        .forEach((name, value) -> {
          if (!ADDRESSES.contains(name)) {
            broker.addEnv(name, value);
          }
        });
    return broker.withStartupTimeout(START_LIMIT);
  }

  private static GenericContainer<?> elasticsearch() {
    return new GenericContainer<>(DockerImageName.parse(ComposeFile.image("elasticsearch")))
        .withEnv(ComposeFile.environment("elasticsearch"))
        .withExposedPorts(9200)
        .waitingFor(
            Wait.forHttp("/_cluster/health?wait_for_status=yellow&timeout=5s")
                .forPort(9200)
                .withStartupTimeout(START_LIMIT));
  }

  /** What somebody might do to a topic by hand. */
  private static void keepMailForASecondOnly(KafkaAccess access) throws Exception {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.RECEIVED);
    var second =
        new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET);
    access
        .admin()
        .incrementalAlterConfigs(Map.of(topic, List.of(second)))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  private static void awaitLagZero(KafkaAccess access) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (lag(access) > 0) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("after " + LIMIT + " the stage still has a lag: " + lag(access));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static long lag(KafkaAccess access) {
    return access.pipeline().look().stream()
        .filter(state -> state.stage().equals(CopyStage.NAME))
        .mapToLong(state -> state.lag())
        .sum();
  }

  private static List<String> committed(KafkaAccess access, String topic) {
    List<String> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = access.assigningConsumer(Map.of())) {
      List<TopicPartition> partitions =
          IntStream.range(0, access.partitions(topic))
              .mapToObj(number -> new TopicPartition(topic, number))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> found.add(new String(record.value(), StandardCharsets.UTF_8)));
      }
    }
    return found;
  }

  private static RawMessage mail(String text) {
    return RawMessage.wrap(
        ("From: a@example.org\r\nSubject: a scan\r\n\r\n" + text + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** In two pieces, so that no scanner takes this source for what it tests. */
  private static String eicar() {
    return "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
  }

  /** Hands on what was received. */
  private static final class CopyStage implements Stage {
    static final String NAME = "scanner";

    @Override
    public String name() {
      return NAME;
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
}
