package org.milena.egress.outcome;

import org.milena.common.status.EnhancedStatus;
import org.milena.common.status.SmtpReply;

/** What happened to one recipient in one attempt, as it was seen. */
public sealed interface Happening {

  /**
   * The host answered, well or badly.
   *
   * @param phase the command it answered
   */
  record Answered(String host, Phase phase, SmtpReply reply) implements Happening {}

  /** The connection failed, or what came over it was not SMTP. */
  record Broken(String host, Phase phase, Cause cause, String detail) implements Happening {}

  /** No host could be found. */
  record Unroutable(NoRoute reason, String detail) implements Happening {}

  /** The host cannot take this message, so it was not offered. */
  record Unsuitable(String host, Misfit reason, String detail) implements Happening {}

  /** The host was unreachable a moment ago; not tried again yet. Carries what was last seen. */
  record Suspended(EnhancedStatus lastStatus, String lastReason) implements Happening {}

  /** The site has more waiting than it takes; not tried yet. */
  record Crowded(String detail) implements Happening {}

  /** The message is not where the delivery says, or is another one. Never sent. */
  record ContentGone(String detail) implements Happening {}

  /** Nothing is sent to this address. */
  record Suppressed(String why) implements Happening {}

  /** An operator ended it. */
  record Ended(String by) implements Happening {}

  /** Kept in the outbox instead of being sent. */
  record Captured(String as) implements Happening {}

  /** How a connection fails. */
  enum Cause {
    REFUSED,
    TIMEOUT,
    LOST,
    /** What came is no SMTP reply, or one without end. */
    PROTOCOL,
    TLS
  }

  /** Why there is no host. */
  enum NoRoute {
    /** The name does not exist. */
    NO_SUCH_DOMAIN,
    /** It takes no mail (RFC 7505). */
    NULL_MX,
    /** It exists, and has no mail host with an address. */
    NO_HOST,
    /** The best mail host is ourselves. */
    LOOP,
    /** All addresses are loopback, private or link-local. */
    FORBIDDEN_ADDRESS,
    /** The resolver did not answer, or said SERVFAIL. */
    DNS_TROUBLE
  }

  /** Why a host cannot take a message. */
  enum Misfit {
    /** Larger than its SIZE (RFC 1870). */
    TOO_LARGE,
    /** Needs SMTPUTF8, which it lacks (RFC 6531). */
    NEEDS_SMTPUTF8
  }
}
