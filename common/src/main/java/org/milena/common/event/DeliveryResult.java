package org.milena.common.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;

/**
 * What one SMTP transaction, or one decision of egress, did for some recipients of a delivery.
 *
 * @param attempt 1 for the first try
 */
public record DeliveryResult(
    DeliveryId delivery,
    MailId mailId,
    @Nullable ListId list,
    int attempt,
    Instant at,
    List<Recipient> recipients) {

  public DeliveryResult {
    recipients = List.copyOf(recipients);
  }

  /** One recipient's part of it. */
  public record Recipient(MailAddress address, RecipientOutcome outcome) {}
}
