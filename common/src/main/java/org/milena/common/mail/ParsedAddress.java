package org.milena.common.mail;

/** What became of text from outside that should have been an address. */
public sealed interface ParsedAddress {

  /** The text is a mailbox as RFC 5321 section 4.1.2 writes it. */
  record Valid(MailAddress address) implements ParsedAddress {}

  /**
   * The text is no mailbox.
   *
   * @param reason why, for a human; printable ASCII which repeats nothing of the text, so that it
   *     may go into a reply or a log as it is
   */
  record Invalid(String reason) implements ParsedAddress {}
}
