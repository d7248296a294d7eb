package org.milena.common.event;

import java.time.Instant;
import org.milena.common.mail.MailAddress;

/**
 * A recipient that waits for its next try.
 *
 * @param delivery the duty it comes from, with this recipient only
 * @param attempts tries so far; 0 for "not tried yet"
 * @param status enhanced status code of the last reply (RFC 3463)
 */
public record Deferral(
    DeliveryId deliveryId,
    Delivery delivery,
    int attempts,
    String status,
    String lastReply,
    Instant nextTry) {

  /** The one who waits. */
  public MailAddress recipient() {
    return delivery.recipients().getFirst();
  }

  /** Key on {@link Topics#DEFERRED}. */
  public static String key(DeliveryId id, MailAddress recipient) {
    return id.toString() + Topics.KEY_SEPARATOR + recipient.key();
  }
}
