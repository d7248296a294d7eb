package org.milena.ingress.net;

import java.time.Duration;
import org.milena.ingress.acceptance.Acceptance;
import org.milena.ingress.policy.Timeouts;
import org.milena.ingress.session.Client;
import org.milena.ingress.session.PortRole;
import org.milena.ingress.session.Session;

/** What a connection needs of the server it belongs to. */
interface House {

  Session session(PortRole role, Client client);

  Acceptance acceptance();

  ServerTls tls(PortRole role);

  Timeouts timeouts();

  TrafficObserver observer();

  /** Octets of one message that are read, stored or not, before the connection is given up. */
  long mostOctets();

  /** Waits a second, or until the house stops. */
  void pause();

  boolean isStopping();

  /** The connection counts no longer. */
  void leave(String network);

  /** The connection is over. */
  void left(Connection connection);

  /** The longest a pause takes. */
  Duration PAUSE = Duration.ofSeconds(1);
}
