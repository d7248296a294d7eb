package org.milena.scanner.authentication;

import java.net.InetAddress;
import org.milena.common.event.AuthenticationEvidence.Iprev;

/** Whether an address and a name point at each other (RFC 8601 section 3). */
@FunctionalInterface
public interface IprevCheck {

  /** Checks the address of a client. */
  Iprev check(InetAddress client);
}
