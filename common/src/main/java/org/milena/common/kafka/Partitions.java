package org.milena.common.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.milena.common.event.Topics;

/** Which partition a text belongs to: as Kafka's default partitioner does it. */
final class Partitions {

  /** The partition of a text among so many. */
  static int of(String text, int partitions) {
    return Utils.toPositive(Utils.murmur2(text.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  /** The part of a table's key that chooses the partition. */
  static String ofRow(String key) {
    int bar = key.indexOf(Topics.KEY_SEPARATOR);
    return bar < 0 ? key : key.substring(0, bar);
  }

  private Partitions() {}
}
