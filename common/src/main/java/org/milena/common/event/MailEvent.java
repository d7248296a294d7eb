package org.milena.common.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * One thing that happened to a mail. Past facts only; the life of a mail is these in order of time,
 * together with its {@link DeliveryResult}s.
 *
 * @param messageId of the message, without angle brackets, when it has one
 * @param text a sentence for a human
 * @param count how many recipients it concerns; 0 when that has no meaning
 */
public record MailEvent(
    MailId mailId,
    Instant at,
    Kind kind,
    @Nullable ListId list,
    @Nullable String messageId,
    String text,
    int count) {

  /** What happened. */
  public enum Kind {
    RECEIVED,
    SCANNED,
    QUARANTINED,
    RELEASED,
    HELD,
    ACCEPTED,
    REJECTED,
    DISCARDED,
    DUPLICATE,
    EXPANDED,
    COMMAND,
    NOTICE,
    BOUNCE,
    RELAYED
  }
}
