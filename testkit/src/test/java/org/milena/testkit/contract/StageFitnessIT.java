package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.testkit.contract.StageBench.await;
import static org.milena.testkit.contract.StageBench.lag;
import static org.milena.testkit.contract.StageBench.publish;
import static org.milena.testkit.contract.StageBench.read;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnfitException;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.StageOptions;
import org.milena.testkit.contract.StageBench.Copy;
import org.springframework.context.SmartLifecycle;

/** What keeps a stage from starting, and how its topics are kept, against a real broker. */
class StageFitnessIT {
  private final StageBench bench = new StageBench();

  @AfterEach
  void stopAll() {
    bench.close();
  }

  @Test
  void aGroupWhoseOffsetsVanishedRefusesToStart() throws Exception {
    KafkaAccess access = bench.access("a");
    access.start();
    SmartLifecycle stage = bench.run(access, "scanner", new Copy());
    publish(access, "one");
    await(() -> lag(access, "scanner") == 0 && read(access, Topics.LISTS).size() == 1);
    stage.stop();
    await(() -> {
      try {
        access.admin().deleteConsumerGroups(List.of("scanner")).all().get();
        return true;
      } catch (Exception e) {
        return false; // the group is not empty yet
      }
    });
    KafkaAccess again = bench.access("b");
    again.start();
    SmartLifecycle refused = again.stage(new Copy(), new StageOptions(1, 10));
    assertThatThrownBy(refused::start)
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("scanner")
        .hasMessageContaining("offsets");
  }

  @Test
  void aTopicKeptOtherwiseStopsTheStart() throws Exception {
    KafkaAccess access = bench.access("a");
    ConfigResource posts = new ConfigResource(ConfigResource.Type.TOPIC, Topics.POSTS);
    access
        .admin()
        .incrementalAlterConfigs(
            Map.of(
                posts,
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
        .all()
        .get();
    await(() -> policy(access, posts).equals("delete"));
    assertThatThrownBy(() -> bench.access("b"))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining(Topics.POSTS)
        .hasMessageContaining("would lose the archive");
  }

  @Test
  void receivedMailIsFlushedWithEachAppendWhereThereIsOneReplica() {
    KafkaAccess access = bench.access("a");
    ConfigResource received = new ConfigResource(ConfigResource.Type.TOPIC, Topics.RECEIVED);
    ConfigResource posts = new ConfigResource(ConfigResource.Type.TOPIC, Topics.POSTS);
    assertThat(setting(access, received, "flush.messages")).isEqualTo("1");
    assertThat(setting(access, posts, "flush.messages")).isNotEqualTo("1");
    assertThat(setting(access, received, "retention.ms")).isEqualTo("-1");
  }

  @Test
  void refusesATopicWithOtherPartitions() throws Exception {
    KafkaAccess access = bench.access("a");
    int more = access.partitions(Topics.LISTS) + 1;
    access
        .admin()
        .createPartitions(Map.of(Topics.LISTS, NewPartitions.increaseTo(more)))
        .all()
        .get();
    await(() -> refusal().contains(more + " where"));
    assertThat(refusal()).contains(Topics.LISTS, "partitions");
  }

  private String refusal() {
    try {
      bench.access("b");
      return "";
    } catch (UnfitException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String policy(KafkaAccess access, ConfigResource topic) {
    return setting(access, topic, "cleanup.policy");
  }

  private static String setting(KafkaAccess access, ConfigResource topic, String name) {
    try {
      Config config =
          access
              .admin()
              .describeConfigs(List.of(topic))
              .all()
              .get()
              .getOrDefault(topic, new Config(List.of()));
      return config.entries().stream()
          .filter(entry -> entry.name().equals(name))
          .map(ConfigEntry::value)
          .findFirst()
          .orElse("");
    } catch (Exception e) {
      throw new AssertionError("the broker does not tell", e);
    }
  }
}
