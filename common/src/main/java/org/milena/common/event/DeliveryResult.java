package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param kind why the mail was sent; absent in records of version 0.1.0
 * @param tracked true where the list counts what becomes of these copies, else null
 */
public record DeliveryResult(
    DeliveryId delivery,
    MailId mailId,
    @Nullable ListId list,
    int attempt,
    Instant at,
    List<Recipient> recipients,
    @JsonInclude(JsonInclude.Include.NON_NULL) OutgoingMeta.@Nullable Kind kind,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean tracked) {

  public DeliveryResult {
    recipients = List.copyOf(recipients);
  }

  /** A result that does not say why the mail was sent. */
  public DeliveryResult(
      DeliveryId delivery,
      MailId mailId,
      @Nullable ListId list,
      int attempt,
      Instant at,
      List<Recipient> recipients) {
    this(delivery, mailId, list, attempt, at, recipients, null, null);
  }

  /** A result of copies that nobody counts. */
  public DeliveryResult(
      DeliveryId delivery,
      MailId mailId,
      @Nullable ListId list,
      int attempt,
      Instant at,
      List<Recipient> recipients,
      OutgoingMeta.@Nullable Kind kind) {
    this(delivery, mailId, list, attempt, at, recipients, kind, null);
  }

  /** One recipient's part of it. */
  public record Recipient(MailAddress address, RecipientOutcome outcome) {}
}
