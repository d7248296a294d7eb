package org.milena.testkit.script;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A dialogue with a server on this machine. */
public final class SocketPeer implements Peer {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private Socket socket;
  private InputStream in;
  private OutputStream out;

  private SocketPeer(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Connects to this port of this machine. */
  public static SocketPeer connect(int port) throws IOException {
    return connect(InetAddress.getLoopbackAddress(), port);
  }

  /** Connects to a port. */
  public static SocketPeer connect(InetAddress address, int port) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(new InetSocketAddress(address, port), (int) PATIENCE.toMillis());
    return new SocketPeer(socket);
  }

  /** Connects, and shakes hands at once. */
  public static SocketPeer connectTls(int port) throws IOException {
    SocketPeer peer = connect(port);
    peer.startTls();
    return peer;
  }

  /** The socket, for tests that break it. */
  public Socket socket() {
    return socket;
  }

  @Override
  public void send(byte[] octets) throws IOException {
    try {
      out.write(octets);
      out.flush();
    } catch (SocketException e) {
      // it closed on us; what it said before that can still be read
    }
  }

  /** Sends text as UTF-8. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      int octet;
      try {
        octet = in.read();
      } catch (SocketException e) {
        octet = -1;
      }
      if (octet < 0) {
        return null;
      }
      if (octet == '\n') {
        byte[] bytes = line.toByteArray();
        if (bytes.length == 0 || bytes[bytes.length - 1] != '\r') {
          throw new IOException("a reply line ends in LF alone: " + line);
        }
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
      }
      line.write(octet);
    }
  }

  @Override
  public void startTls() throws IOException {
    startTls("TLSv1.3", "TLSv1.2");
  }

  /** Shakes hands with these protocols only. */
  public void startTls(String... protocols) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            trustingAll()
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
    secured.setEnabledProtocols(protocols);
    secured.startHandshake();
    socket = secured;
    in = new BufferedInputStream(secured.getInputStream());
    out = secured.getOutputStream();
  }

  private static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has TLS", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Whoever it is: tests look at what is said, not at who says it. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
