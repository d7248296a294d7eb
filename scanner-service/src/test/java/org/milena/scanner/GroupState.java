package org.milena.scanner;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What the broker knows of a consumer group. */
final class GroupState {

  /**
   * Who is in the group; changes with every rebalance.
   *
   * @param epoch counts the rebalances (KIP-848)
   */
  record Membership(Optional<Integer> epoch, Map<String, Set<TopicPartition>> members) {}

  private GroupState() {}

  static Membership membership(Admin admin, String group) {
    ConsumerGroupDescription description =
        now(admin.describeConsumerGroups(List.of(group)).all()::get).values().iterator().next();
    return new Membership(description.groupEpoch(), members(description.members()));
  }

  private static Map<String, Set<TopicPartition>> members(Collection<MemberDescription> members) {
    return members.stream()
        .collect(
            Collectors.toMap(
                MemberDescription::consumerId, one -> one.assignment().topicPartitions()));
  }

  static Map<TopicPartition, Long> committed(Admin admin, String group) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        now(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()::get);
    Map<TopicPartition, Long> committed = new HashMap<>();
    offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    return committed;
  }

  /** What is committed on its topics and not yet read. */
  static long lag(Admin admin, String group) {
    Map<TopicPartition, Long> committed = committed(admin, group);
    Map<TopicPartition, OffsetSpec> ends =
        committed.keySet().stream().collect(Collectors.toMap(one -> one, _ -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> latest =
        now(
            admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all()
                ::get);
    return committed.entrySet().stream()
        .mapToLong(entry ->
            Optional.ofNullable(latest.get(entry.getKey())).orElseThrow().offset()
                - entry.getValue())
        .sum();
  }

  @FunctionalInterface
  private interface Answer<T> {
    T get() throws InterruptedException, ExecutionException;
  }

  private static <T> T now(Answer<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
