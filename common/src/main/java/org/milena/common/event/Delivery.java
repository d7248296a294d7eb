package org.milena.common.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * The duty to hand one message to some recipients at one destination. Some hundreds of recipients
 * at most; the message is pointed at, so a recipient costs the bytes of its address.
 *
 * @param destination the domain the recipients share, A-label, lower case
 * @param createdAt when the duty began; the retry schedule counts from here
 */
public record Delivery(
    MailPointer content,
    OutgoingMeta.Kind kind,
    @Nullable ListId list,
    String destination,
    ReturnPath returnPath,
    @Nullable UnsubscribeLink unsubscribe,
    List<MailAddress> recipients,
    Instant createdAt) {

  public Delivery {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a delivery without recipients");
    }
  }
}
