package org.milena.common.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.milena.common.failure.UnfitException;
import org.milena.common.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a group of readers begins. Its first offsets are set once, when it is first made; that is
 * noted in the site's table. A group that was there and has no offsets any more does not start:
 * whatever we guessed would send mail again or lose it.
 */
final class Groups {
  private static final Logger log = LoggerFactory.getLogger(Groups.class);

  private final Admin admin;
  private final Table<SiteFact> site;

  Groups(Admin admin, Table<SiteFact> site) {
    this.admin = admin;
    this.site = site;
  }

  /**
   * @throws UnfitException when offsets have vanished
   */
  void ensure(String group, String topic, int partitions) {
    String key = "group/" + group + "/" + topic;
    int known = site.get(key).map(fact -> Integer.parseInt(fact.value())).orElse(0);
    Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
    Set<Integer> vanished = new TreeSet<>();
    Map<TopicPartition, OffsetSpec> fresh = new HashMap<>();
    for (int number = 0; number < partitions; number++) {
      TopicPartition partition = new TopicPartition(topic, number);
      if (committed.get(partition) == null) {
        if (number < known) {
          vanished.add(number);
        } else {
          fresh.put(partition, OffsetSpec.earliest());
        }
      }
    }
    if (!vanished.isEmpty()) {
      throw new UnfitException(
          "Group %s has read %s before, but its offsets of partition %s are gone: to start would send mail again or lose it. Restore the offsets with kafka-consumer-groups, or accept one of the two by deleting key %s from topic milena.site."
              .formatted(group, topic, vanished, key));
    }
    if (!fresh.isEmpty()) {
      begin(group, fresh);
    }
    if (known < partitions) {
      site.put(key, new SiteFact(Integer.toString(partitions)));
    }
  }

  private void begin(String group, Map<TopicPartition, OffsetSpec> fresh) {
    Map<TopicPartition, ListOffsetsResultInfo> starts =
        TopicKeeper.await(admin.listOffsets(fresh).all(), "asking for the beginning of topics");
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    starts.forEach(
        (partition, info) -> offsets.put(partition, new OffsetAndMetadata(info.offset())));
    try {
      TopicKeeper.await(
          admin.alterConsumerGroupOffsets(group, offsets).all(), "making group " + group);
      log.info("made group {} at the beginning of {}", group, fresh.keySet());
    } catch (UnfitException e) {
      if (!(e.getCause() instanceof UnknownMemberIdException
          || e.getCause() instanceof GroupNotEmptyException)) {
        throw e;
      }
      // another instance made the group first and reads already
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
    try {
      return TopicKeeper.await(
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
          "asking for the offsets of group " + group);
    } catch (UnfitException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }
}
