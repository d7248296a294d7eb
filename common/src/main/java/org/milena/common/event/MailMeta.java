package org.milena.common.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ReversePath;

/**
 * What belongs to a mail but is not in it, from the edge to the list.
 *
 * @param recipients at the edge all of them; on {@link Topics#LISTS} those of one list only
 * @param body what MAIL declared (RFC 6152, RFC 6531)
 * @param sha256 of the message as its sender sent it, without the fields that we added; lower-case
 *     hex
 * @param scan absent until the scanner has spoken
 */
public record MailMeta(
    MailId mailId,
    Instant receivedAt,
    ReversePath reversePath,
    List<RoutedRecipient> recipients,
    BodyFacts body,
    ClientFacts client,
    String sha256,
    @Nullable ScanReport scan) {

  public MailMeta {
    recipients = List.copyOf(recipients);
  }

  /** What the client declared of the content. */
  public record BodyFacts(boolean eightBit, boolean smtpUtf8) {}

  /** The same mail with these recipients only. */
  public MailMeta withRecipients(List<RoutedRecipient> some) {
    return new MailMeta(mailId, receivedAt, reversePath, some, body, client, sha256, scan);
  }

  /** The same mail with what the scanner said. */
  public MailMeta withScan(ScanReport report) {
    return new MailMeta(mailId, receivedAt, reversePath, recipients, body, client, sha256, report);
  }
}
