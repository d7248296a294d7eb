package org.milena.listexpander.membership;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The networks that clients are counted by: one customer has the whole of one. */
public final class Networks {

  /** The client's /24 (IPv4) or /48 (IPv6); null for this machine, and for what is no address. */
  public static @Nullable String of(String clientAddress) {
    InetAddress client;
    try {
      client = InetAddress.ofLiteral(clientAddress);
    } catch (IllegalArgumentException e) {
      return null; // a mail id, or nothing: then the request is counted by its address only
    }
    if (client.isLoopbackAddress() || client.isAnyLocalAddress()) {
      return null;
    }
    byte[] octets = client.getAddress();
    return client instanceof Inet4Address
        ? "%d.%d.%d.0/24".formatted(octets[0] & 0xff, octets[1] & 0xff, octets[2] & 0xff)
        : HexFormat.of().formatHex(octets, 0, 6) + "/48";
  }

  private Networks() {}
}
