package org.milena.common.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How often a record failed, and when its partition is tried again. One failing record a partition
 * at a time: nothing behind it is tried before it is settled.
 */
final class Tries {
  /** A defect is tried this often before it is set aside (docs/architecture.md, Failures). */
  static final int LIMIT = 5;

  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_OUTAGE_WAIT = Duration.ofSeconds(10);

  private record State(long offset, int tries, int outages, String cause, long againNanos) {}

  private final Map<TopicPartition, State> failing = new HashMap<>();

  /** A defect at this offset; the partition waits a little. */
  void defect(TopicPartition partition, long offset, String cause, long now) {
    State state = failing.get(partition);
    int tries = state != null && state.offset() == offset ? state.tries() + 1 : 1;
    failing.put(
        partition,
        new State(offset, tries, 0, cause, now + (FIRST_WAIT.toNanos() << Math.min(tries, 6))));
  }

  /** An outage at this offset; the partition waits, longer each time. */
  Duration outage(TopicPartition partition, long offset, long now) {
    State state = failing.get(partition);
    boolean same = state != null && state.offset() == offset;
    int outages = state != null && same ? state.outages() + 1 : 1;
    long wait =
        Math.min(FIRST_WAIT.toNanos() << Math.min(outages, 10), LONGEST_OUTAGE_WAIT.toNanos());
    failing.put(
        partition,
        new State(
            offset,
            state != null && same ? state.tries() : 0,
            outages,
            state != null && same ? state.cause() : "",
            now + wait));
    return Duration.ofNanos(wait);
  }

  /** Whether the record has failed often enough to be set aside. */
  boolean isSpent(TopicPartition partition, long offset) {
    State state = failing.get(partition);
    return state != null && state.offset() == offset && state.tries() >= LIMIT;
  }

  /** What the last failure said. */
  String cause(TopicPartition partition) {
    State state = failing.get(partition);
    return state == null ? "" : state.cause();
  }

  /** Whether the partition waits still. */
  boolean waits(TopicPartition partition, long now) {
    State state = failing.get(partition);
    return state != null && now - state.againNanos() < 0;
  }

  /** Whether anything failed at this partition and is not settled. */
  boolean isFailing(TopicPartition partition) {
    return failing.containsKey(partition);
  }

  /** How many partitions stand still for an outage. */
  long outages() {
    return failing.values().stream().filter(state -> state.outages() > 0).count();
  }

  /** Everything up to this offset (exclusive) is settled. */
  void settled(TopicPartition partition, long nextOffset) {
    State state = failing.get(partition);
    if (state != null && state.offset() < nextOffset) {
      failing.remove(partition);
    }
  }

  /** The partition is no longer ours. */
  void forget(TopicPartition partition) {
    failing.remove(partition);
  }
}
