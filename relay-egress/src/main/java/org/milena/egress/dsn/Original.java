package org.milena.egress.dsn;

import java.util.Optional;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/**
 * What a report says of the message that failed: so little that many can be kept.
 *
 * @param header its lines, cut; empty when there is none
 * @param subject of it, on one line; empty without one
 */
record Original(Optional<RawMessage> header, String subject, Optional<MessageId> messageId) {
  private static final int MAX_SUBJECT = 200;

  /** Of a message that cannot be had. */
  static final Original UNKNOWN = new Original(Optional.empty(), "", Optional.empty());

  static Original of(RawMessage message) {
    HeaderBlock header = HeaderBlock.of(message);
    return new Original(
        OriginalHeader.of(message, header).map(RawMessage::wrap),
        header.first("Subject").map(field -> OneLine.of(field.decoded(), MAX_SUBJECT)).orElse(""),
        header.first("Message-ID").flatMap(field -> MessageId.parse(field.value())));
  }
}
