package org.milena.common.mail;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Address literals in place of a domain (RFC 5321 section 4.1.3), in one spelling each: IPv6 as RFC
 * 5952 writes it. Asks no resolver.
 */
final class AddressLiteral {

  private static final String IPV6_TAG = "IPv6:";

  private AddressLiteral() {}

  /**
   * The literal with its brackets.
   *
   * @throws AddressSyntax.Refused when it is neither IPv4 nor IPv6; no other tag is registered
   */
  static String canonical(String literal) {
    if (!literal.endsWith("]") || literal.length() > 64) {
      throw new AddressSyntax.Refused("address literal does not end with its bracket");
    }
    String content = literal.substring(1, literal.length() - 1);
    if (content.regionMatches(true, 0, IPV6_TAG, 0, IPV6_TAG.length())) {
      return "[" + IPV6_TAG + ipv6(content.substring(IPV6_TAG.length())) + "]";
    }
    if (!isIpv4(content)) {
      throw new AddressSyntax.Refused("address literal is neither IPv4 nor IPv6");
    }
    return literal;
  }

  /** Four numbers to 255 without leading zeros, which some would read as octal. */
  private static boolean isIpv4(String text) {
    int parts = 0;
    int digits = 0;
    int value = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c == '.') {
        if (digits == 0 || value > 255) {
          return false;
        }
        parts++;
        digits = 0;
        value = 0;
      } else if (c < '0' || c > '9' || digits == 3 || (digits > 0 && value == 0)) {
        return false;
      } else {
        digits++;
        value = value * 10 + c - '0';
      }
    }
    return parts == 4;
  }

  private static String ipv6(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // not left to the JDK, because that also takes zones (%eth0)
      if (c > 0x7F || (Character.digit(c, 16) < 0 && c != ':' && c != '.')) {
        throw new AddressSyntax.Refused("address literal is no IPv6 address");
      }
    }
    InetAddress address;
    try {
      address = Inet6Address.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      throw new AddressSyntax.Refused("address literal is no IPv6 address");
    }
    byte[] octets = address.getAddress();
    return octets.length == 4 ? "::ffff:" + address.getHostAddress() : compressed(octets);
  }

  /** The longest run of zero groups becomes {@code ::} (RFC 5952 section 4.2). */
  private static String compressed(byte[] octets) {
    int best = -1;
    int bestLength = 1;
    for (int start = 0; start < 8; start++) {
      int end = start;
      while (end < 8 && group(octets, end) == 0) {
        end++;
      }
      if (end - start > bestLength) {
        best = start;
        bestLength = end - start;
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        text.append("::");
        i += bestLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(octets, i)));
    }
    return text.toString();
  }

  private static int group(byte[] octets, int index) {
    return (octets[2 * index] & 0xFF) << 8 | (octets[2 * index + 1] & 0xFF);
  }
}
