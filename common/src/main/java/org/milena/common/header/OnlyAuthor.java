package org.milena.common.header;

import java.util.List;
import java.util.Optional;
import org.milena.common.mail.MailAddress;

/** The author of a message that has one. */
public final class OnlyAuthor {

  /** A longer From, in octets, names nobody. */
  private static final int MAX_FROM = 65_536;

  /** The one mailbox in the one {@code From} field; empty when either is not one. */
  public static Optional<MailAddress> of(HeaderBlock header) {
    List<HeaderField> from = header.all("From");
    if (from.size() != 1 || from.getFirst().end() - from.getFirst().start() > MAX_FROM) {
      return Optional.empty();
    }
    List<HeaderMailbox> authors = AddressListParser.parse(from.getFirst().value());
    return authors.size() == 1 ? Optional.of(authors.getFirst().address()) : Optional.empty();
  }

  private OnlyAuthor() {}
}
