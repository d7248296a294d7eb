package org.milena.ingress.session;

import org.jspecify.annotations.Nullable;
import org.milena.common.event.ClientFacts.TlsFacts;

/**
 * Who is at the other end.
 *
 * @param address numeric IP address
 * @param tls when TLS was there from the first octet
 */
public record Client(String address, @Nullable TlsFacts tls) {}
