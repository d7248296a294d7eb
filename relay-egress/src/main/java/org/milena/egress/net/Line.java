package org.milena.egress.net;

import org.milena.egress.session.SmtpSession;

/** A connection with the session on it. */
record Line(SocketWire wire, SmtpSession session, long restsSinceNanos) {

  Line resting(long now) {
    wire.rest();
    return new Line(wire, session, now);
  }
}
