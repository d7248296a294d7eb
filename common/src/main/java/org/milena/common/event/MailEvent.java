package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;

/**
 * One thing that happened to a mail. Past facts only; the life of a mail is these in order of time,
 * together with its {@link DeliveryResult}s.
 *
 * @param messageId of the message, without angle brackets, when it has one
 * @param text a sentence for a human
 * @param count how many recipients it concerns; 0 when that has no meaning
 * @param author who is proven to have written the post that was expanded; absent where nobody is,
 *     for all else, and in records of version 0.1.0. Readers of a story are not shown it
 */
public record MailEvent(
    MailId mailId,
    Instant at,
    Kind kind,
    @Nullable ListId list,
    @Nullable String messageId,
    String text,
    int count,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MailAddress author) {

  /** Something whose author is not to be known later. */
  public MailEvent(
      MailId mailId,
      Instant at,
      Kind kind,
      @Nullable ListId list,
      @Nullable String messageId,
      String text,
      int count) {
    this(mailId, at, kind, list, messageId, text, count, null);
  }

  /** The same, by this author. */
  public MailEvent by(@Nullable MailAddress whom) {
    return new MailEvent(mailId, at, kind, list, messageId, text, count, whom);
  }

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
    RELAYED,
    REMOVED,
    REDACTED
  }
}
