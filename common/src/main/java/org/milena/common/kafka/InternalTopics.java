package org.milena.common.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.UnfitException;

/**
 * The topics in which the cluster keeps how far readers are and which transactions ended. Mail in
 * three copies is worth no more than these: whoever loses them sends again or loses its place.
 */
final class InternalTopics {
  /** Fewer replicas than this do not survive the loss of a machine while another one is away. */
  private static final int NEEDED = 3;

  private static final List<Kept> ALL =
      List.of(
          new Kept(
              "__consumer_offsets", "offsets.topic.replication.factor", "how far the stages are"),
          new Kept(
              "__transaction_state",
              "transaction.state.log.replication.factor",
              "which transactions were committed"));

  /**
   * @param setting of the broker that says with how many replicas it makes the topic
   * @param lost what goes with the topic
   */
  private record Kept(String topic, String setting, String lost) {}

  private final Admin admin;

  InternalTopics(Admin admin) {
    this.admin = admin;
  }

  /**
   * Verifies them for a site that keeps its own topics in so many copies.
   *
   * @throws UnfitException when the cluster keeps these in fewer than three, although the site's
   *     own are
   */
  void verify(int replication) {
    if (replication < NEEDED) {
      return;
    }
    Map<String, Integer> replicas = replicas();
    List<String> faults = new ArrayList<>(faults(replicas));
    if (replicas.size() < ALL.size()) {
      Config broker = TopicKeeper.brokerConfig(admin);
      ALL.stream()
          .filter(kept -> !replicas.containsKey(kept.topic()))
          .forEach(kept -> addFault(faults, kept, broker.get(kept.setting())));
    }
    if (!faults.isEmpty()) {
      throw new UnfitException(String.join(" ", faults));
    }
  }

  /** The fewest replicas of a partition, by name; without the topics that are not there. */
  private Map<String, Integer> replicas() {
    Map<String, Integer> found = new HashMap<>();
    admin
        .describeTopics(ALL.stream().map(Kept::topic).toList())
        .topicNameValues()
        .forEach((name, future) -> {
          try {
            found.put(
                name,
                TopicKeeper.await(future, "describing topic " + name).partitions().stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0));
          } catch (UnfitException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
              throw e;
            }
          }
        });
    return found;
  }

  /** What is wrong with these topics that are there, as sentences; by name the fewest replicas. */
  static List<String> faults(Map<String, Integer> replicas) {
    return ALL.stream()
        .filter(kept -> replicas.getOrDefault(kept.topic(), NEEDED) < NEEDED)
        .map(kept -> {
          int number = replicas.getOrDefault(kept.topic(), 0);
          return "The cluster's topic %s has %d %s where milena.replication asks for at least %d; with the machines that hold it, %s would be lost. Give it more with kafka-reassign-partitions.sh."
              .formatted(
                  kept.topic(), number, number == 1 ? "replica" : "replicas", NEEDED, kept.lost());
        })
        .toList();
  }

  /** The topic is not there yet; this is how the broker would make it, if it tells. */
  private static void addFault(List<String> faults, Kept kept, @Nullable ConfigEntry setting) {
    if (setting != null && setting.value() != null && Integer.parseInt(setting.value()) < NEEDED) {
      faults.add(
          "The broker's %s is %s and must be at least %d where milena.replication is: %s would be lost with a machine."
              .formatted(kept.setting(), setting.value(), NEEDED, kept.lost()));
    }
  }
}
