package org.milena.common.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.milena.common.event.RecordHeaders;
import org.milena.common.mail.MailId;
import org.milena.common.stage.MailLog;
import org.slf4j.MDC;

/**
 * Puts the id of the mail a record is about on every line that is logged meanwhile. The trace id of
 * a record is the mail id (W3C Trace Context, section 3.2).
 */
final class MailContext implements AutoCloseable {
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-([0-9a-f]{16})([0-9a-f]{16})-[0-9a-f]{16}-[0-9a-f]{2}");

  private MailContext() {}

  /** From now on, until it is closed. */
  static MailContext of(ConsumerRecord<String, byte[]> record) {
    mailId(record).ifPresent(id -> MDC.put(MailLog.MAIL_ID, id.toString()));
    return new MailContext();
  }

  static Optional<MailId> mailId(ConsumerRecord<String, byte[]> record) {
    Header header = record.headers().lastHeader(RecordHeaders.TRACEPARENT);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    Matcher trace = TRACEPARENT.matcher(new String(header.value(), StandardCharsets.ISO_8859_1));
    if (!trace.matches()) {
      return Optional.empty();
    }
    UUID id =
        new UUID(
            Long.parseUnsignedLong(trace.group(1), 16), Long.parseUnsignedLong(trace.group(2), 16));
    return MailId.parse(id.toString());
  }

  @Override
  public void close() {
    MDC.remove(MailLog.MAIL_ID);
  }
}
