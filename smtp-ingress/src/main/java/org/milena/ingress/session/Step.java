package org.milena.ingress.session;

import org.milena.common.status.SmtpReply;

/**
 * What is to be done after a line.
 *
 * @param slowly whether the reply is to come late, because this client has made many errors
 */
public record Step(SmtpReply reply, Next next, boolean slowly) {

  /** What comes after the reply. */
  public enum Next {
    /** A command line. */
    COMMAND,
    /** An answer in an AUTH exchange. */
    AUTH_RESPONSE,
    /** A message, until the final dot. */
    MESSAGE,
    /** The TLS handshake. */
    HANDSHAKE,
    /** Nothing: the connection is closed. */
    CLOSE
  }

  static Step then(Next next, SmtpReply reply) {
    return new Step(reply, next, false);
  }
}
