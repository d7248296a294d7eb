package org.milena.testkit.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that refuses everything and remembers what was wanted. */
final class RefusingProxy implements AutoCloseable {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ServerSocket server;

  private RefusingProxy(ServerSocket server) {
    this.server = server;
  }

  static RefusingProxy start() {
    try {
      RefusingProxy proxy =
          new RefusingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(proxy::serve);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> refuse(socket));
      } catch (SocketException _) {
        return; // closed
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void refuse(Socket socket) {
    try (socket;
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      String request = lines.readLine();
      if (request != null) {
        asked.add(request);
      }
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      asked.add("broken off: " + e.getMessage());
    }
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
