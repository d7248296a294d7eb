package org.milena.egress.outcome;

import org.milena.common.status.EnhancedStatus;

/** What follows from what happened to one recipient in one attempt. */
public sealed interface AttemptOutcome {

  /** The next hop has it (RFC 5321 section 6.1). */
  record Relayed(String nextHop, String reply) implements AttemptOutcome {}

  /**
   * Waiting may help.
   *
   * @param tried whether this counts as an attempt
   */
  record Again(EnhancedStatus status, String reason, Scope scope, boolean tried)
      implements AttemptOutcome {}

  /** Waiting cannot help. */
  record Failed(EnhancedStatus status, String reason, Scope scope) implements AttemptOutcome {}

  /** A defect of ours: the delivery is set aside. */
  record SetAside(String cause) implements AttemptOutcome {}

  /** What a refusal speaks of. */
  enum Scope {
    /** The host and all mail to it. */
    SITE,
    /** This message, whoever it is for. */
    MESSAGE,
    /** This recipient. */
    RECIPIENT
  }
}
