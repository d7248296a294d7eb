package org.milena.scanner.authentication.dmarc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;

/** The domain a message names as its author's (RFC 9989 section 5.3.1). */
public sealed interface AuthorDomain {

  /**
   * There is exactly one.
   *
   * @param name as an A-label in lower case
   */
  record Known(String name) implements AuthorDomain {}

  /**
   * There is none, or more than one, or something in From that nobody can be sure about: DMARC says
   * nothing of such a message (RFC 9989 sections 4.4 and 5.3.1).
   *
   * @param reason a few words
   */
  record Unclear(String reason) implements AuthorDomain {}

  /** A longer field, in octets, is not read. */
  int MAX_FROM = 65_536;

  /** Reads the From field. */
  static AuthorDomain of(HeaderBlock header) {
    List<HeaderField> fields = header.all("From");
    if (fields.size() != 1) {
      return new Unclear(fields.isEmpty() ? "no From field" : "more than one From field");
    }
    if (fields.getFirst().end() - fields.getFirst().start() > MAX_FROM) {
      return new Unclear("From is longer than " + MAX_FROM + " octets");
    }
    String value = fields.getFirst().value();
    if (!FromPieces.allReadable(value)) {
      return new Unclear("From cannot be read");
    }
    Set<String> domains = new LinkedHashSet<>();
    for (HeaderMailbox mailbox : AddressListParser.parse(value)) {
      domains.add(mailbox.address().domain());
    }
    if (domains.size() != 1) {
      return new Unclear(
          domains.isEmpty() ? "no address in From" : "From names more than one domain");
    }
    String domain = domains.iterator().next();
    return domain.startsWith("[")
        ? new Unclear("From names a host by its number")
        : new Known(domain);
  }
}
