package org.milena.common.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.milena.common.failure.UnfitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a group goes on when a log has lost its end and the group's offset was kept. A broker that
 * lost power, and is the only one with the log, may do that: records and offsets are different
 * files, written to the disk at different times.
 *
 * <p>To stay would be to wait until as much has been written anew, and to skip it. The broker tells
 * by the epoch of its leadership, which is committed beside the offset, even when as much has been
 * written already (KIP-320).
 */
public final class LostEnd {
  private static final Logger log = LoggerFactory.getLogger(LostEnd.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Records were deleted that a group had not read: only the operator can know what to do. */
  public static final class DeletedUnreadException extends UnfitException {
    private static final long serialVersionUID = 1;

    DeletedUnreadException(String message) {
      super(message);
    }
  }

  /**
   * The offsets at which the new part of each log begins.
   *
   * @param lost what the group's consumer said
   * @throws DeletedUnreadException when it is the beginning of a log that is gone
   */
  public static Map<TopicPartition, Long> of(
      String group, Consumer<?, ?> consumer, OffsetOutOfRangeException lost) {
    Map<TopicPartition, Long> stood = lost.offsetOutOfRangePartitions();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(stood.keySet(), LIMIT);
    Map<TopicPartition, Long> ends = consumer.endOffsets(stood.keySet(), LIMIT);
    Map<TopicPartition, OffsetAndMetadata> parted =
        lost instanceof LogTruncationException truncation
            ? truncation.divergentOffsets()
            : Map.of();
    Map<TopicPartition, Long> found = new HashMap<>();
    stood.forEach((partition, offset) -> {
      long begin = begins.getOrDefault(partition, 0L);
      if (offset < begin) {
        throw new DeletedUnreadException(
            "Group %s stood at %d of %s, but the log begins at %d: what lay between was deleted unread. Find out who deleted it; to go on behind the gap set the group's offset with kafka-consumer-groups."
                .formatted(group, offset, partition, begin));
      }
      long end = ends.getOrDefault(partition, offset);
      long goOn =
          Math.max(
              begin,
              Optional.ofNullable(parted.get(partition))
                  .map(OffsetAndMetadata::offset)
                  .orElse(Math.min(offset, end)));
      if (goOn < offset) {
        log.error(
            "{} has lost its end: {} had read it up to {} and goes on at {}. The broker must have"
                + " lost power; what it lost is not known here.",
            partition,
            group,
            offset,
            goOn);
      } else {
        log.warn(
            "The broker does not know whether {} is still what {} had read up to {}; it goes on"
                + " there.",
            partition,
            group,
            offset);
      }
      found.put(partition, goOn);
    });
    return found;
  }

  private LostEnd() {}
}
