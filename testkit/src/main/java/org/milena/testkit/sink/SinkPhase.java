package org.milena.testkit.sink;

/** Where in a session the sink can do something of its own. */
public enum SinkPhase {
  /** The connection stands; the greeting is due. */
  CONNECT,
  EHLO,
  HELO,
  STARTTLS,
  MAIL,
  RCPT,
  DATA,
  /** The content is complete; its reply is due. */
  DOT,
  RSET,
  NOOP,
  QUIT
}
