package org.milena.testkit.sink;

import java.time.Instant;
import java.util.List;
import org.milena.common.mail.RawMessage;

/**
 * A message the sink took.
 *
 * @param reversePath argument of MAIL with brackets and parameters
 * @param recipients addresses without brackets
 * @param content with dots unstuffed, without the final dot
 * @param secured whether the session was encrypted
 */
public record SinkMessage(
    String reversePath,
    List<String> recipients,
    String messageId,
    RawMessage content,
    Instant at,
    boolean secured) {

  public SinkMessage {
    recipients = List.copyOf(recipients);
  }

  /** The octets, each as one character. */
  public String text() {
    return new String(content.unsafeBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
