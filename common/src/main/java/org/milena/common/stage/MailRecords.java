package org.milena.common.stage;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;

/** Builds and reads records as {@code common.event} describes them. */
public final class MailRecords {

  /** A record that carries a message. */
  public static OutRecord mail(
      String topic,
      @Nullable String key,
      RecordType type,
      Object meta,
      MailId id,
      RawMessage message) {
    return OutRecord.of(topic, key, message.unsafeBytes())
        .withHeader(RecordHeaders.TYPE, type.label())
        .withHeader(RecordHeaders.META, MailJson.text(meta))
        .withHeader(RecordHeaders.TRACEPARENT, traceparent(id));
  }

  /** A record that carries JSON. */
  public static OutRecord json(String topic, @Nullable String key, RecordType type, Object value) {
    return OutRecord.of(topic, key, MailJson.bytes(value))
        .withHeader(RecordHeaders.TYPE, type.label());
  }

  /** A line in the life of a mail. */
  public static OutRecord event(MailEvent event) {
    return json(Topics.EVENTS, event.mailId().toString(), RecordType.MAIL_EVENT, event)
        .withHeader(RecordHeaders.TRACEPARENT, traceparent(event.mailId()));
  }

  /**
   * What kind of record it is.
   *
   * @throws UnreadableRecordException when it does not say, or this version does not know it
   */
  public static RecordType type(InRecord record) {
    String label =
        record
            .header(RecordHeaders.TYPE)
            .orElseThrow(() ->
                new UnreadableRecordException("no header " + RecordHeaders.TYPE + " at " + record));
    return RecordType.find(label)
        .orElseThrow(
            () -> new UnreadableRecordException("unknown type " + label + " at " + record));
  }

  /**
   * What belongs to the mail but is not in it.
   *
   * @throws UnreadableRecordException when it is not there or not this
   */
  public static <M> M meta(InRecord record, Class<M> type) {
    return MailJson.read(
        record
            .header(RecordHeaders.META)
            .orElseThrow(() ->
                new UnreadableRecordException("no header " + RecordHeaders.META + " at " + record)),
        type);
  }

  /**
   * The JSON of the record.
   *
   * @throws UnreadableRecordException when it is not this
   */
  public static <T> T json(InRecord record, Class<T> type) {
    return MailJson.read(record.value(), type);
  }

  /** The message of the record. */
  public static RawMessage message(InRecord record) {
    if (record.isTombstone()) {
      throw new UnreadableRecordException("a tombstone where a message should be: " + record);
    }
    return RawMessage.wrap(record.value());
  }

  /**
   * The W3C trace context of a mail: the trace id is the mail id, so that whoever knows the one
   * finds the other.
   */
  public static String traceparent(MailId id) {
    UUID uuid = id.value();
    return String.format(
        "00-%016x%016x-%016x-01",
        uuid.getMostSignificantBits(),
        uuid.getLeastSignificantBits(),
        uuid.getLeastSignificantBits() | 1);
  }

  private MailRecords() {}
}
