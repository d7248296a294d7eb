package org.milena.common.kafka;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * What may be trimmed of a topic.
 *
 * @param readers groups that read it; nothing they have not passed is trimmed
 * @param pointedAtBy deliveries of these groups' topics point at it: nothing that was written
 *     within an hour before their oldest unread record is trimmed
 * @param lowestLive the lowest offset in a partition that some row still points at
 * @param age nothing younger is trimmed
 */
public record TrimRule(
    String topic,
    List<String> readers,
    List<Reader> pointedAtBy,
    IntFunction<OptionalLong> lowestLive,
    Duration age) {

  public TrimRule {
    readers = List.copyOf(readers);
    pointedAtBy = List.copyOf(pointedAtBy);
  }

  /** A group and the topic it reads. */
  public record Reader(String group, String topic) {}
}
