package org.milena.egress.capture;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.DeliveryId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ReversePath;

/**
 * A message in the outbox.
 *
 * @param id its name there; names sort by time
 * @param size octets of the message
 * @param subject as it stands, decoded
 */
public record OutboxEntry(
    String id,
    Instant at,
    MailId mailId,
    @Nullable ListId list,
    DeliveryId delivery,
    ReversePath reversePath,
    List<MailAddress> recipients,
    String subject,
    int size) {

  public OutboxEntry {
    recipients = List.copyOf(recipients);
  }
}
