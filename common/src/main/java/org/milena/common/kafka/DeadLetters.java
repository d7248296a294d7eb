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
    OutRecord letter = OutRecord.of(Topics.DEAD_LETTERS, record.key().orElse(null), record.value());
    for (var header : record.headers().entrySet()) {
      letter = letter.withHeader(header.getKey(), header.getValue());
    }
    return letter.withHeader(
        RecordHeaders.DEAD_LETTER,
        MailJson.text(new DeadLetterMeta(stage, record.position(), cause, tries, now)));
  }

  private DeadLetters() {}
}
