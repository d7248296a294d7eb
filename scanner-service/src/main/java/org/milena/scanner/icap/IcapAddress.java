package org.milena.scanner.icap;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.common.failure.UnfitException;

/**
 * Where an ICAP service is.
 *
 * @param host a name, resolved anew for each connection, or an IP address without brackets
 * @param service path and query without the first slash: {@code avscan}
 */
public record IcapAddress(String host, int port, String service) {

  /** The port of ICAP (RFC 3507 section 4.2). */
  public static final int PORT = 1344;

  private static final Pattern URL =
      Pattern.compile("icap://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?/([!-~]+)");

  /**
   * Reads {@code icap://HOST[:PORT]/SERVICE}.
   *
   * @throws UnfitException when it is none
   */
  public static IcapAddress of(String text) {
    Matcher url = URL.matcher(text);
    if (url.matches() && url.group(3).indexOf('#') < 0) {
      int port = url.group(2) == null ? PORT : Integer.parseInt(url.group(2));
      if (port > 0 && port < 65_536) {
        String host = url.group(1);
        boolean literal = host.startsWith("[");
        return new IcapAddress(
            literal ? host.substring(1, host.length() - 1) : host, port, url.group(3));
      }
    }
    throw new UnfitException(
        "milena.scanner.icap: not the address of an ICAP service: \""
            + text
            + "\"; it is icap://HOST[:PORT]/SERVICE");
  }

  /** For a connection now. */
  InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  /** Host and port as they are written in a request. */
  String authority() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** As it is written in a request and in the settings. */
  public String text() {
    return "icap://" + authority() + "/" + service;
  }
}
