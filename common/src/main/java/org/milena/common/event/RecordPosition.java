package org.milena.common.event;

/**
 * Where a record lies.
 *
 * @param offset from 0 in its partition
 */
public record RecordPosition(String topic, int partition, long offset) {
  public RecordPosition {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException("no such position: " + partition + ":" + offset);
    }
  }

  @Override
  public String toString() {
    return topic + "/" + partition + "/" + offset;
  }
}
