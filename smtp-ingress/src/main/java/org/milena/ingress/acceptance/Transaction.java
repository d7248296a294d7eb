package org.milena.ingress.acceptance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta.BodyFacts;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;

/**
 * A mail transaction that has come to DATA (RFC 5321 section 3.3).
 *
 * @param recipients each once, at least one
 * @param authors those one of whom may stand in From, for a client who submits; null for mail from
 *     elsewhere
 */
public record Transaction(
    ReversePath reversePath,
    List<RoutedRecipient> recipients,
    BodyFacts body,
    ClientFacts client,
    @Nullable List<MailAddress> authors) {
  public Transaction {
    recipients = List.copyOf(recipients);
    authors = authors == null ? null : List.copyOf(authors);
  }
}
