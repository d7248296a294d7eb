package org.milena.scanner.authentication;

import java.net.InetAddress;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.mail.ReversePath;

/** Whether a client may send for a domain (RFC 7208). */
@FunctionalInterface
public interface SpfCheck {

  /**
   * Checks the domain of the reverse-path, or the HELO name where that is null.
   *
   * @param helo as the client said it
   */
  Spf check(InetAddress client, String helo, ReversePath reversePath);
}
