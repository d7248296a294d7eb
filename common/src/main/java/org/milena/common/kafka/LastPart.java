package org.milena.common.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last minutes of a topic, which a group reads again after a loss of power: once for each
 * partition in the life of a process. The minutes are counted back from the last record, not from
 * now: the machine may have been without power for days.
 *
 * <p>Asked of the admin client, not of the group's consumer, which is in the middle of an
 * assignment.
 */
final class LastPart {
  private static final Logger log = LoggerFactory.getLogger(LastPart.class);

  private final String group;
  private final Duration span;
  private final Admin admin;
  private final Set<TopicPartition> done = new HashSet<>();

  LastPart(String group, Duration span, Admin admin) {
    this.group = group;
    this.span = span;
    this.admin = admin;
  }

  /** Where to go back to; partitions that stay where they are do not appear. */
  Map<TopicPartition, Long> readAgain(Collection<TopicPartition> assigned) {
    Set<TopicPartition> partitions = new HashSet<>(assigned);
    partitions.removeAll(done);
    if (span.isZero() || partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, OffsetSpec> since = new HashMap<>();
    offsets(ask(partitions, OffsetSpec.maxTimestamp()))
        .forEach((partition, last) -> {
          if (last.timestamp() >= 0) { // otherwise it is empty
            since.put(partition, OffsetSpec.forTimestamp(last.timestamp() - span.toMillis()));
          }
        });
    Map<TopicPartition, OffsetAndMetadata> committed =
        TopicKeeper.await(
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
            "asking for the offsets of group " + group);
    Map<TopicPartition, Long> back = new HashMap<>();
    offsets(since)
        .forEach((partition, first) -> {
          OffsetAndMetadata stands = committed.get(partition);
          if (stands != null && first.offset() >= 0 && first.offset() < stands.offset()) {
            log.warn(
                "{} reads {} records of {} again, from {} on",
                group,
                stands.offset() - first.offset(),
                partition,
                first.offset());
            back.put(partition, first.offset());
          }
        });
    done.addAll(partitions);
    return back;
  }

  private static Map<TopicPartition, OffsetSpec> ask(
      Set<TopicPartition> partitions, OffsetSpec what) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, what));
    return asked;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Map<TopicPartition, OffsetSpec> asked) {
    return TopicKeeper.await(admin.listOffsets(asked).all(), "asking for the last records");
  }
}
