package org.milena.listexpander.bounce.reading;

/** Whose fault it is that a mail was not delivered, and for how long. */
public enum FailureClass {
  /** The address is dead: no such user or host, or moved away. */
  HARD,

  /** Failed for now, while the address may live: full, switched off, host out of reach. */
  SOFT,

  /**
   * Refused for what we are or sent: reputation, spam, policy, authentication. Never the member's
   * fault.
   */
  POLICY,

  /** Not given up yet; another report will follow if it fails. */
  DELAYED
}
