package org.milena.ingress.acceptance;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.milena.common.event.ClientFacts;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.MailDates;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;

/**
 * The trace field we put on top (RFC 5321 section 4.4). Recipients are named only when there is
 * one: with more, each would learn of the others. The account is never named.
 */
final class ReceivedField {
  static final String NAME = "Received";
  private static final String FOLD = "\r\n\t";

  /** The value, folded. */
  static String value(Transaction transaction, MailId id, Instant at, String hostname) {
    ClientFacts client = transaction.client();
    var text = new StringBuilder(320);
    text.append("from ")
        .append(helo(client.helo()))
        .append(" (")
        .append(literal(client.address()))
        .append(')')
        .append(FOLD)
        .append("by ")
        .append(hostname)
        .append(" with ")
        .append(client.protocol())
        .append(" id ")
        .append(id);
    if (transaction.recipients().size() == 1) {
      text.append(FOLD)
          .append("for ")
          .append(transaction.recipients().getFirst().forwardPath().wire());
    }
    ClientFacts.TlsFacts tls = client.tls();
    if (tls != null) {
      // RFC 8314 section 4.3
      text.append(FOLD).append("tls ").append(tls.cipherSuite());
    }
    return text.append(';').append(FOLD).append(MailDates.format(at, ZoneOffset.UTC)).toString();
  }

  /**
   * The message with this field above its first one: below an mbox line, if one came in. Nothing
   * else is touched, with one exception: what has no field at all, and does not begin with an empty
   * line, gets one, so that its text does not become a header.
   */
  static RawMessage above(RawMessage message, HeaderBlock header, String value) {
    byte[] sent = message.unsafeBytes();
    boolean headless = header.fields().isEmpty();
    boolean gap = headless && sent.length > 0 && sent[0] != '\r';
    byte[] field =
        (NAME + ": " + value + (gap ? "\r\n\r\n" : "\r\n")).getBytes(StandardCharsets.UTF_8);
    int at = headless ? 0 : header.fields().getFirst().start();
    byte[] bytes = new byte[field.length + sent.length];
    System.arraycopy(sent, 0, bytes, 0, at);
    System.arraycopy(field, 0, bytes, at, field.length);
    System.arraycopy(sent, at, bytes, at + field.length, sent.length - at);
    return RawMessage.wrap(bytes);
  }

  private static String literal(String address) {
    return address.indexOf(':') < 0 ? "[" + address + "]" : "[IPv6:" + address + "]";
  }

  /** What the client called itself, so that it can't end the field or open a comment. */
  private static String helo(String name) {
    var safe = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || ".-_:[]".indexOf(c) >= 0;
      safe.append(plain ? c : '?');
    }
    return safe.toString();
  }

  private ReceivedField() {}
}
