package org.milena.egress.route;

import java.net.InetAddress;

/**
 * A host to try.
 *
 * @param name as found in DNS, for what we tell of it
 */
public record Host(String name, InetAddress address, int port) {

  /** For sentences: name and address. */
  public String shown() {
    String numeric = address.getHostAddress();
    return name.equals(numeric) ? numeric : name + "[" + numeric + "]";
  }
}
