package org.milena.common.mail;

import java.util.Optional;

/** To whom a message shall go: the argument of RCPT (RFC 5321 section 4.1.1.3). */
public sealed interface ForwardPath {

  /** {@code <Postmaster>} without a domain: whoever answers for the host that is asked. */
  record Postmaster() implements ForwardPath {}

  /** One mailbox. */
  record Mailbox(MailAddress address) implements ForwardPath {}

  /** With its brackets, as it stands in the command. */
  default String wire() {
    return switch (this) {
      case Postmaster() -> "<Postmaster>";
      case Mailbox(var address) -> "<" + address + ">";
    };
  }

  /** The mailbox, if it has a domain. */
  default Optional<MailAddress> mailbox() {
    return switch (this) {
      case Postmaster() -> Optional.empty();
      case Mailbox(var address) -> Optional.of(address);
    };
  }

  /**
   * The path we wrote ourselves: an address or {@code Postmaster} in any case, with or without
   * brackets. For text from outside use {@link MailAddress#parse}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static ForwardPath of(String text) {
    String inner = Brackets.strip(text);
    return inner.equalsIgnoreCase("postmaster")
        ? new Postmaster()
        : new Mailbox(MailAddress.of(inner));
  }
}
