package org.milena.common.stage;

import java.util.List;
import java.util.OptionalLong;

/** Looks back over the records of one key, which lie in one partition of their topic. */
public interface History {

  /**
   * Some records.
   *
   * @param records newest first
   * @param next where to go on; empty when there is nothing older. There may be a place to go on
   *     although fewer records than asked for were found: a look goes over a bounded number of
   *     records of other keys
   */
  record Page(List<InRecord> records, OptionalLong next) {
    public Page {
      records = List.copyOf(records);
    }
  }

  /**
   * The newest records of a key.
   *
   * @param before where an earlier page ended; empty to begin with the newest
   * @param limit at most so many
   * @throws org.milena.common.failure.OutageException when the broker is away
   */
  Page newest(String topic, String key, OptionalLong before, int limit);
}
