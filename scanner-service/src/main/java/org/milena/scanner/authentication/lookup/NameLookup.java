package org.milena.scanner.authentication.lookup;

import java.net.InetAddress;

/**
 * The DNS as the checks need it. A look-up ends within a bounded time, and never throws: a name
 * that is none (too long, an empty label) is {@link Answer.NoName}.
 *
 * <p>Names are A-labels, absolute, with or without the last dot, in any case.
 */
public interface NameLookup {

  /** TXT records, the strings of each joined without anything between (RFC 7208 section 3.3). */
  Answer<String> txt(String name);

  /** A records. */
  Answer<InetAddress> ipv4(String name);

  /** AAAA records. */
  Answer<InetAddress> ipv6(String name);

  /**
   * Hosts of the MX records, the preferred first, without last dot; a null MX is the empty name.
   */
  Answer<String> mx(String name);

  /** Names of the PTR records of an address, without last dot. */
  Answer<String> ptr(InetAddress address);
}
