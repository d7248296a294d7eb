package org.milena.scanner.authentication.spf;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses of one family that begin with the same bits. */
final class Network {
  private static final int MAPPED_PREFIX = 12;

  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /** IPv4 when it has four octets, and IPv6 when sixteen. */
  static Network of(byte[] address, int bits) {
    return new Network(address.clone(), bits);
  }

  boolean holds(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || ((address[whole] ^ other[whole]) & (0xFF << (Byte.SIZE - rest))) == 0;
  }

  /** An IPv4 address that is written as an IPv6 one is an IPv4 address (RFC 7208 section 5). */
  static InetAddress plain(InetAddress address) {
    byte[] octets = address.getAddress();
    if (!(address instanceof Inet6Address) || !isMapped(octets)) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(octets, MAPPED_PREFIX, octets.length));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  private static boolean isMapped(byte[] octets) {
    for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return octets[MAPPED_PREFIX - 2] == -1 && octets[MAPPED_PREFIX - 1] == -1;
  }

  /** As people write it: dotted, or with the longest run of zeros left out (RFC 5952). */
  static String text(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    byte[] octets = address.getAddress();
    int[] groups = new int[octets.length / 2];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (octets[2 * i] & 0xFF) << 8 | (octets[2 * i + 1] & 0xFF);
    }
    int from = -1;
    int length = 1; // one zero alone is not left out
    for (int i = 0; i < groups.length; i++) {
      int end = i;
      while (end < groups.length && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        from = i;
        length = end - i;
      }
      i = Math.max(i, end - 1);
    }
    var text = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      if (i == from) {
        text.append("::");
        i += length - 1;
      } else {
        boolean needsColon = !text.isEmpty() && text.charAt(text.length() - 1) != ':';
        text.append(needsColon ? ":" : "").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
