package org.milena.common.event;

import org.jspecify.annotations.Nullable;

/**
 * What the edge knows of the SMTP client.
 *
 * @param address numeric IP address
 * @param helo the argument of EHLO or HELO, as said
 * @param protocol the {@code with} clause of the Received field, for instance {@code ESMTPSA} (RFC
 *     3848)
 * @param tls protocol and cipher suite, when the session was encrypted
 * @param account the authenticated account, if any
 */
public record ClientFacts(
    String address,
    String helo,
    String protocol,
    @Nullable TlsFacts tls,
    @Nullable String account) {

  /** What was agreed in the handshake. */
  public record TlsFacts(String protocol, String cipherSuite) {}
}
