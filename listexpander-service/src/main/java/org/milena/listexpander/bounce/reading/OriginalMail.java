package org.milena.listexpander.bounce.reading;

import java.util.Optional;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;

/**
 * What a report tells of the mail it is about. All of it can be forged.
 *
 * @param messageId its Message-ID
 * @param listId the value of its List-Id, on one line
 * @param returnPath its reverse-path, which holds our tag if it is ours
 * @param unsubscribe the value of its List-Unsubscribe (RFC 2369), which holds a token of ours if
 *     it is ours, on one line
 */
public record OriginalMail(
    Optional<MessageId> messageId,
    Optional<String> listId,
    Optional<MailAddress> returnPath,
    Optional<String> unsubscribe) {

  private static final int MAX_LIST_ID = 300;
  private static final int MAX_LINKS = 2_000;

  /** Nothing is known of it. */
  static final OriginalMail UNKNOWN =
      new OriginalMail(Optional.empty(), Optional.empty(), Optional.empty());

  /** One of which no way to leave the list is known. */
  public OriginalMail(
      Optional<MessageId> messageId, Optional<String> listId, Optional<MailAddress> returnPath) {
    this(messageId, listId, returnPath, Optional.empty());
  }

  static OriginalMail of(HeaderBlock header) {
    return new OriginalMail(
        header.first("Message-ID").flatMap(field -> MessageId.parse(field.value())),
        header.first("List-Id").map(field -> OneLine.of(field.value(), MAX_LIST_ID)),
        header.first("Return-Path").map(HeaderField::value).flatMap(ReportAddresses::first),
        header.first("List-Unsubscribe").map(field -> OneLine.of(field.value(), MAX_LINKS)));
  }

  /** Takes the other's facts where this one has none. */
  OriginalMail or(OriginalMail other) {
    return new OriginalMail(
        messageId.or(other::messageId),
        listId.or(other::listId),
        returnPath.or(other::returnPath),
        unsubscribe.or(other::unsubscribe));
  }
}
