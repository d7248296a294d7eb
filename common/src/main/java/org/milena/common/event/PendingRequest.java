package org.milena.common.event;

import java.time.Instant;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * A request that waits for its confirmation. Consumed once, by the list's owner.
 *
 * @param requestId names it; the token that goes out is signed over it
 */
public record PendingRequest(
    String requestId,
    ListId list,
    Kind kind,
    MailAddress address,
    String displayName,
    Instant askedAt,
    Instant expiresAt) {

  /** What is asked for. */
  public enum Kind {
    SUBSCRIBE,
    UNSUBSCRIBE
  }
}
