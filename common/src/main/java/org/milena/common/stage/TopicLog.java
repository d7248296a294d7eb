package org.milena.common.stage;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a topic from its beginning, beside whoever follows it. */
public interface TopicLog {

  /**
   * Some records, in the order of their partitions.
   *
   * @param next where to go on, by partition
   */
  record Stretch(List<InRecord> records, Map<Integer, Long> next) {
    public Stretch {
      records = List.copyOf(records);
      next = Map.copyOf(next);
    }
  }

  /**
   * Behind the last record of each partition that was committed when this was called.
   *
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  Map<Integer, Long> ends();

  /**
   * Shows what was committed.
   *
   * @param from the first offsets; a partition that is not named begins at its beginning
   * @param to ends, exclusive
   * @param each is shown stretch by stretch, and throws to stop
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  void read(Map<Integer, Long> from, Map<Integer, Long> to, Consumer<Stretch> each);
}
