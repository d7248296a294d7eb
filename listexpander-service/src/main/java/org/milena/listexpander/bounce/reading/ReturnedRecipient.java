package org.milena.listexpander.bounce.reading;

import java.util.Optional;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailAddress;
import org.milena.common.status.EnhancedStatus;
import org.milena.common.status.SmtpReply;

/**
 * What a report says of one recipient.
 *
 * @param address the one that failed; absent when the report hides it or it is one of ours
 * @param original the one the mail was sent to, where a host passed it on to {@code address}
 * @param status the most telling code found (RFC 3463)
 * @param reply what the last host answered, if the report quotes it
 * @param failure of a delivered recipient it means nothing
 * @param reason for people, on one line; a stranger wrote it
 */
public record ReturnedRecipient(
    Optional<MailAddress> address,
    Optional<MailAddress> original,
    Optional<EnhancedStatus> status,
    Optional<SmtpReply> reply,
    FailureClass failure,
    String reason) {

  private static final int MAX_REASON = 500;

  /** Makes the reason harmless. */
  public ReturnedRecipient {
    reason = OneLine.of(reason, MAX_REASON);
  }
}
