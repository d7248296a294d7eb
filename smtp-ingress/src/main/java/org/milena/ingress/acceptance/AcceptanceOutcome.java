package org.milena.ingress.acceptance;

import org.milena.common.mail.MailId;

/** What became of a message. */
public sealed interface AcceptanceOutcome {

  /** It is ours, and durable. */
  record Accepted(MailId mailId) implements AcceptanceOutcome {}

  /** Larger than what we announce. */
  record TooLarge() implements AcceptanceOutcome {}

  /** It has more header fields than anybody needs; reading them would cost too much memory. */
  record HeaderTooLong() implements AcceptanceOutcome {}

  /** It has passed so many hosts that it must be going in circles (RFC 5321 section 6.3). */
  record TooManyHops() implements AcceptanceOutcome {}

  /** From names somebody else than the account that submits. */
  record AuthorNotYours() implements AcceptanceOutcome {}

  /** The budget of memory is taken, or the disk is full. */
  record NoRoom() implements AcceptanceOutcome {}

  /** The broker did not acknowledge. The mail may be there or not; its client keeps it. */
  record BrokerAway() implements AcceptanceOutcome {}
}
