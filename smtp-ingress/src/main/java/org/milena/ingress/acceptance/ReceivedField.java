package org.milena.ingress.acceptance;

import java.time.Instant;
import java.time.ZoneOffset;
import org.milena.common.event.ClientFacts;
import org.milena.common.header.MailDates;
import org.milena.common.mail.MailId;

/**
 * The trace field we put on top (RFC 5321 section 4.4). Recipients are named only when there is one:
 * with more, each would learn of the others. The account is never named.
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
      text.append(FOLD).append("for ").append(transaction.recipients().getFirst().forwardPath().wire());
    }
    ClientFacts.TlsFacts tls = client.tls();
    if (tls != null) {
      // RFC 8314 section 4.3
      text.append(FOLD).append("tls ").append(tls.cipherSuite());
    }
    return text.append(';')
        .append(FOLD)
        .append(MailDates.format(at, ZoneOffset.UTC))
        .toString();
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
