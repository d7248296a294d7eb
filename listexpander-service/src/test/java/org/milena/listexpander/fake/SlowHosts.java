package org.milena.listexpander.fake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Hosts on the loopback net that share a port, and none of which ends a handshake of TLS. */
public final class SlowHosts implements AutoCloseable {
  /** A record of a handshake that is 16,000 octets long. */
  private static final byte[] HEAD = {0x16, 3, 3, 0x3E, (byte) 0x80};

  private final List<ServerSocket> servers = new ArrayList<>();
  private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();

  /**
   * Starts one at 127.0.0.1 and up for each manner: it is {@code silent}, {@code drips}, {@code
   * greets} in clear, or {@code hangs-up}.
   *
   * @return their port
   */
  public int at(String... manners) throws IOException {
    int port = 0;
    for (int i = 0; i < manners.length; i++) {
      String manner = manners[i];
      ServerSocket server = new ServerSocket();
      servers.add(server);
      InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (i + 1)});
      server.bind(new InetSocketAddress(address, port));
      port = server.getLocalPort();
      Thread.ofVirtual().start(() -> serve(server, manner));
    }
    return port;
  }

  /** Where they are. */
  public List<InetAddress> addresses() {
    return servers.stream().map(ServerSocket::getInetAddress).toList();
  }

  /** How many connections there were. */
  public int accepted() {
    return accepted.get();
  }

  private void serve(ServerSocket server, String manner) {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        sockets.add(socket);
        switch (manner) {
          case "drips" -> drip(socket, 0);
          case "greets" ->
              socket.getOutputStream().write("220 ready\r\n".getBytes(StandardCharsets.US_ASCII));
          case "hangs-up" -> socket.close();
          default -> {
            // says nothing
          }
        }
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void drip(Socket socket, int at) {
    try {
      socket.getOutputStream().write(at < HEAD.length ? HEAD[at] : 0);
      var _ = drops.schedule(() -> drip(socket, at + 1), 200, TimeUnit.MILLISECONDS);
    } catch (IOException _) {
      // nobody listens any more
    }
  }

  @Override
  public void close() throws IOException {
    drops.shutdownNow();
    for (ServerSocket server : servers) {
      server.close();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
