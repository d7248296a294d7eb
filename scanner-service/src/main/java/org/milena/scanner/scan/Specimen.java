package org.milena.scanner.scan;

import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailMeta;
import org.milena.common.mail.RawMessage;

/**
 * What an engine is shown: a message, and how it came.
 *
 * @param message as the edge wrote it
 * @param sha256 of the message as its sender sent it: equal for equal content, however it came;
 *     lower-case hex
 * @param meta what the edge knows of envelope and client; null for a probe
 */
public record Specimen(RawMessage message, String sha256, @Nullable MailMeta meta) {

  /** A mail. */
  public static Specimen of(MailMeta meta, RawMessage message) {
    return new Specimen(message, meta.sha256(), meta);
  }

  /** A message that nobody sent: for probes. */
  public static Specimen probe(RawMessage message) {
    return new Specimen(message, message.sha256(), null);
  }
}
