package org.milena.archive.trace;

import java.util.List;
import java.util.function.Function;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;

/** A sink that keeps each record of a topic as a line of a story. */
public final class TraceIntake implements BatchSink {
  private final String name;
  private final String topic;
  private final TraceStore store;
  private final Function<InRecord, TraceEntry> reader;

  private TraceIntake(
      String name, String topic, TraceStore store, Function<InRecord, TraceEntry> reader) {
    this.name = name;
    this.topic = topic;
    this.store = store;
    this.reader = reader;
  }

  /** The sink of {@code mail.events}. */
  public static TraceIntake ofEvents(TraceStore store) {
    return new TraceIntake(
        "archive-events",
        Topics.EVENTS,
        store,
        record -> {
          require(record, RecordType.MAIL_EVENT);
          return new TraceEntry.Event(record.position(), MailRecords.json(record, MailEvent.class));
        });
  }

  /** The sink of {@code mail.delivery-results}. */
  public static TraceIntake ofResults(TraceStore store) {
    return new TraceIntake(
        "archive-results",
        Topics.DELIVERY_RESULTS,
        store,
        record -> {
          require(record, RecordType.DELIVERY_RESULT);
          return new TraceEntry.Result(
              record.position(), MailRecords.json(record, DeliveryResult.class));
        });
  }

  private static void require(InRecord record, RecordType type) {
    RecordType found = MailRecords.type(record);
    if (found != type) {
      throw new UnreadableRecordException(found + " where a " + type + " should be: " + record);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public void accept(List<InRecord> batch) {
    store.add(batch.stream().filter(record -> !record.isTombstone()).map(reader).toList());
  }
}
