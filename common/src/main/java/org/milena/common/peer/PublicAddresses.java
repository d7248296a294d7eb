package org.milena.common.peer;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Which addresses a stranger may make us connect to. */
public final class PublicAddresses {
  /** 64:ff9b::/96 (RFC 6052); 64:ff9b:1::/48 beside it is for local use (RFC 8215). */
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};

  /** Whether it is neither special nor private (RFC 6890, RFC 1918, RFC 4193, RFC 6598). */
  public static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] octets = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(octets) : isPublic6(octets);
  }

  private static boolean isPublic4(byte[] octets) {
    int a = octets[0] & 0xFF;
    int b = octets[1] & 0xFF;
    int c = octets[2] & 0xFF;
    return !(a == 0
        || a == 10
        || a == 127
        || a >= 240
        || (a == 169 && b == 254)
        || (a == 172 && b >= 16 && b <= 31)
        || (a == 192 && b == 168)
        || (a == 100 && b >= 64 && b <= 127)
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 0 && c == 2)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113));
  }

  /** Global unicast is 2000::/3; what wraps an IPv4 address is judged by that. */
  private static boolean isPublic6(byte[] octets) {
    int first = octets[0] & 0xFF;
    int second = octets[1] & 0xFF;
    if (first == 0x20 && second == 0x02) {
      return isPublic4(new byte[] {octets[2], octets[3], octets[4], octets[5]}); // 6to4
    }
    if (Arrays.equals(octets, 0, NAT64.length, NAT64, 0, NAT64.length)) {
      return isPublic4(new byte[] {octets[12], octets[13], octets[14], octets[15]});
    }
    boolean documentation =
        first == 0x20 && second == 0x01 && octets[2] == 0x0D && octets[3] == (byte) 0xB8;
    boolean teredo = first == 0x20 && second == 0x01 && octets[2] == 0 && octets[3] == 0;
    return (first & 0xE0) == 0x20 && !documentation && !teredo;
  }

  private PublicAddresses() {}
}
