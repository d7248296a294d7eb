package org.milena.common.mail;

import java.util.Optional;

/** Where reports about a message go: the argument of MAIL (RFC 5321 section 4.1.1.2). */
public sealed interface ReversePath {

  /** {@code <>}: nobody is told, so that reports never beget reports (RFC 5321 section 4.5.5). */
  record Null() implements ReversePath {}

  /** Reports go to this mailbox. */
  record Mailbox(MailAddress address) implements ReversePath {}

  /** With its brackets, as it stands in the command. */
  default String wire() {
    return switch (this) {
      case Null() -> "<>";
      case Mailbox(var address) -> "<" + address + ">";
    };
  }

  /** The mailbox, if there is one. */
  default Optional<MailAddress> mailbox() {
    return switch (this) {
      case Null() -> Optional.empty();
      case Mailbox(var address) -> Optional.of(address);
    };
  }

  /**
   * The path we wrote ourselves: an address with or without brackets, {@code <>} or nothing for the
   * null path. For text from outside use {@link MailAddress#parse}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static ReversePath of(String text) {
    String inner = Brackets.strip(text);
    return inner.isEmpty() ? new Null() : new Mailbox(MailAddress.of(inner));
  }
}
