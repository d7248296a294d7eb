package org.milena.scanner.clamav;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.UnfitException;

/** Where a clamd listens. */
public sealed interface ClamdAddress {

  /** A TCP port; the name is resolved anew for each connection. */
  record Tcp(String host, int port) implements ClamdAddress {}

  /** A unix socket. */
  record Unix(Path path) implements ClamdAddress {}

  /**
   * Reads {@code tcp:HOST:PORT} or {@code unix:/PATH}.
   *
   * @throws UnfitException when it is neither
   */
  static ClamdAddress of(String text) {
    try {
      if (text.startsWith("unix:/")) {
        return new Unix(Path.of(text.substring("unix:".length())));
      }
      int colon = text.lastIndexOf(':');
      if (text.startsWith("tcp:") && colon > "tcp:".length()) {
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 0 && port < 65_536) {
          String host = text.substring("tcp:".length(), colon);
          boolean literal = host.startsWith("[") && host.endsWith("]");
          return new Tcp(literal ? host.substring(1, host.length() - 1) : host, port);
        }
      }
    } catch (NumberFormatException | InvalidPathException e) {
      throw unfit(text, e);
    }
    throw unfit(text, null);
  }

  private static UnfitException unfit(String text, @Nullable Exception cause) {
    String sentence =
        "milena.scanner.clamd: not an address of a clamd: \""
            + text
            + "\"; it is tcp:HOST:PORT or unix:/PATH";
    return cause == null ? new UnfitException(sentence) : new UnfitException(sentence, cause);
  }

  /** Which kind of socket. */
  default StandardProtocolFamily family() {
    return switch (this) {
      case Tcp _ -> StandardProtocolFamily.INET;
      case Unix _ -> StandardProtocolFamily.UNIX;
    };
  }

  /** For a connection now. */
  default SocketAddress socketAddress() {
    return switch (this) {
      case Tcp(var host, var port) -> new InetSocketAddress(host, port);
      case Unix(var path) -> UnixDomainSocketAddress.of(path);
    };
  }

  /** As it is written in the settings. */
  default String text() {
    return switch (this) {
      case Tcp(var host, var port) ->
          "tcp:" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
      case Unix(var path) -> "unix:" + path;
    };
  }
}
