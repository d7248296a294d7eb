package org.milena.common.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnfitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing and refuses those that would lose mail. */
final class TopicKeeper {
  private static final Logger log = LoggerFactory.getLogger(TopicKeeper.class);
  private static final int WAIT_SECONDS = 30;
  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Offsets must not expire; a broker that forgets them before this would make us guess. */
  private static final String OFFSETS_RETENTION = "offsets.retention.minutes";

  private final Admin admin;

  TopicKeeper(Admin admin) {
    this.admin = admin;
  }

  /**
   * Creates what is missing, then verifies everything.
   *
   * @throws UnfitException when a topic is kept otherwise than declared
   * @throws OutageException when the broker does not answer
   */
  void prepare(List<TopicDeclaration> declarations) {
    create(declarations);
    verify(declarations);
    verifyOffsetsRetention();
    new InternalTopics(admin)
        .verify(declarations.stream().mapToInt(TopicDeclaration::replicas).max().orElse(0));
  }

  private void create(List<TopicDeclaration> declarations) {
    Set<String> there = await(admin.listTopics().names(), "listing topics");
    List<NewTopic> missing =
        declarations.stream()
            .filter(topic -> !there.contains(topic.name()))
            .map(topic ->
                new NewTopic(topic.name(), topic.partitions(), topic.replicas())
                    .configs(topic.config()))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    admin
        .createTopics(missing)
        .values()
        .forEach((name, future) -> {
          try {
            await(future, "creating topic " + name);
            log.info("created topic {}", name);
          } catch (UnfitException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
              throw e;
            }
            // another instance was quicker; it is verified like the others
          }
        });
  }

  private void verify(List<TopicDeclaration> declarations) {
    List<String> names = declarations.stream().map(TopicDeclaration::name).toList();
    Map<String, TopicDescription> described = describe(names);
    Map<String, Map<String, String>> configs = configs(names);
    List<String> faults = new ArrayList<>();
    for (TopicDeclaration topic : declarations) {
      TopicDescription is = described.get(topic.name());
      if (is == null) {
        throw new OutageException("topic " + topic.name() + " is not there yet");
      }
      if (is.partitions().size() != topic.partitions()) {
        faults.add(
            fault(topic, "partitions", is.partitions().size(), topic.partitions() + " partitions"));
      }
      int replicas = is.partitions().getFirst().replicas().size();
      if (replicas < topic.replicas()) {
        faults.add(fault(topic, "replicas", replicas, "at least " + topic.replicas()));
      }
      Map<String, String> config = configs.getOrDefault(topic.name(), Map.of());
      topic
          .config()
          .forEach((key, wanted) -> {
            String actual = config.getOrDefault(key, "");
            if (!agrees(key, actual, wanted)) {
              faults.add(fault(topic, key, actual, wanted));
            }
          });
    }
    if (!faults.isEmpty()) {
      throw new UnfitException(String.join(" ", faults));
    }
  }

  /** Larger records than we need, and more replicas in sync, are no fault. */
  private static boolean agrees(String key, String actual, String wanted) {
    return switch (key) {
      case "max.message.bytes", "min.insync.replicas", "delete.retention.ms" ->
          !actual.isEmpty() && Long.parseLong(actual) >= Long.parseLong(wanted);
      // how soon deleted records leave the disk loses no mail, and older sites have no limit
      case "max.compaction.lag.ms" -> true;
      default -> actual.equals(wanted);
    };
  }

  private static String fault(TopicDeclaration topic, String what, Object is, Object wanted) {
    return "Topic %s has %s %s where %s is needed; as it is, it would lose %s."
        .formatted(topic.name(), what, is, wanted, topic.lost());
  }

  private Map<String, TopicDescription> describe(Collection<String> names) {
    return untilKnown(() -> admin.describeTopics(names).allTopicNames(), "describing topics");
  }

  /**
   * What the cluster says of topics that were just made: each broker learns of them in its own
   * time.
   */
  private static <T> T untilKnown(Supplier<KafkaFuture<T>> question, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (true) {
      try {
        return await(question.get(), what);
      } catch (UnfitException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        if (System.nanoTime() - deadline > 0) {
          throw new OutageException("Kafka does not show a topic that was made: " + what, e);
        }
        LockSupport.parkNanos(ASK_AGAIN_NANOS);
      }
    }
  }

  private Map<String, Map<String, String>> configs(Collection<String> names) {
    List<ConfigResource> topics =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, Config> configs =
        untilKnown(() -> admin.describeConfigs(topics).all(), "reading the settings of topics");
    return configs.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().name(),
                entry ->
                    entry.getValue().entries().stream()
                        .filter(config -> config.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
  }

  private void verifyOffsetsRetention() {
    ConfigEntry entry = brokerConfig(admin).get(OFFSETS_RETENTION);
    String minutes = entry == null ? "unknown" : entry.value();
    if (!Integer.toString(Integer.MAX_VALUE).equals(minutes)) {
      throw new UnfitException(
          "The broker's %s is %s and must be %d: a stage that stands still for longer would lose its place and send mail again or never."
              .formatted(OFFSETS_RETENTION, minutes, Integer.MAX_VALUE));
    }
  }

  /** The settings of one of the brokers; they are expected to agree. */
  static Config brokerConfig(Admin admin) {
    Node node =
        await(admin.describeCluster().nodes(), "describing the cluster").stream()
            .findFirst()
            .orElseThrow(() -> new OutageException("the Kafka cluster shows no broker"));
    ConfigResource broker =
        new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(node.id()));
    return await(admin.describeConfigs(List.of(broker)).all(), "reading the settings of the broker")
        .getOrDefault(broker, new Config(List.of()));
  }

  /** The value, an outage for what may pass, unfit for the rest. */
  static <T> T await(KafkaFuture<T> future, String what) {
    try {
      return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new OutageException("Kafka does not answer: " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted: " + what, e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof org.apache.kafka.common.errors.RetriableException
          && !(cause instanceof UnknownTopicOrPartitionException)) {
        throw new OutageException("Kafka does not answer: " + what, cause);
      }
      throw new UnfitException(what + " failed: " + cause.getMessage(), cause);
    }
  }
}
