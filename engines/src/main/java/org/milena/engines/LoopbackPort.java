package org.milena.engines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback address, tried before an engine that would say it less clearly. */
public final class LoopbackPort {

  public static final String HOST = "127.0.0.1";

  private LoopbackPort() {}

  /**
   * Holds a port until the socket is closed.
   *
   * @param port 0 for any free one
   * @param use who wants it for what, for the message
   * @throws EngineStartException when another program has it
   */
  public static ServerSocket hold(int port, String use) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // Without this a port stays taken for a minute after the engine before us stopped.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new EngineStartException(
          "Port %d on %s, which %s, is not free: %s.".formatted(port, HOST, use, e.getMessage()),
          e);
    }
  }
}
