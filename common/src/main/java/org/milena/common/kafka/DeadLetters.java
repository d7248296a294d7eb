package org.milena.common.kafka;

import java.time.Instant;
import org.milena.common.event.DeadLetterMeta;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.Topics;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;

/** Records set aside: as they were, with who gave up and why. */
public final class DeadLetters {

  /** The dead letter for a record. */
  public static OutRecord of(String stage, InRecord record, String cause, int tries, Instant now) {
    return copy(record, Topics.DEAD_LETTERS)
        .withHeader(
            RecordHeaders.DEAD_LETTER,
            MailJson.text(new DeadLetterMeta(stage, record.position(), cause, tries, now)));
  }

  /** The record as it was before, for the topic and partition it came from. */
  static OutRecord original(InRecord letter, DeadLetterMeta meta) {
    return copy(letter, meta.origin().topic()).inPartition(meta.origin().partition());
  }

  private static OutRecord copy(InRecord record, String topic) {
    String key = record.key().orElse(null);
    OutRecord copy =
        record.isTombstone() && key != null
            ? OutRecord.tombstone(topic, key)
            : OutRecord.of(topic, key, record.value());
    for (var header : record.headers().entrySet()) {
      if (!header.getKey().equals(RecordHeaders.DEAD_LETTER)) {
        copy = copy.withHeader(header.getKey(), header.getValue());
      }
    }
    return copy;
  }

  private DeadLetters() {}
}
