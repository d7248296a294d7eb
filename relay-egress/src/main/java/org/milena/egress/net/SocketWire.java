package org.milena.egress.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.milena.egress.outcome.Happening.Cause;
import org.milena.egress.route.Host;
import org.milena.egress.session.Wire;
import org.milena.egress.session.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A wire that is a TCP connection. */
final class SocketWire implements Wire {
  private static final Logger log = LoggerFactory.getLogger(SocketWire.class);

  private final Socket plain;
  private final Host host;
  private final SSLSocketFactory encryption;
  private final Watch watch;
  private InputStream in;
  private OutputStream out;
  private boolean encrypted;
  private final byte[] buffer = new byte[1 << 14];
  private int buffered;
  private volatile long deadline;
  private volatile boolean overdue;

  private SocketWire(Socket socket, Host host, SSLSocketFactory encryption, Watch watch)
      throws IOException {
    this.plain = socket;
    this.host = host;
    this.encryption = encryption;
    this.watch = watch;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Connects. */
  static SocketWire connect(Host host, Duration limit, SSLSocketFactory encryption, Watch watch)
      throws WireException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(
          new InetSocketAddress(host.address(), host.port()), Math.toIntExact(limit.toMillis()));
      SocketWire wire = new SocketWire(socket, host, encryption, watch);
      wire.within(limit);
      watch.add(wire);
      return wire;
    } catch (IOException e) {
      closeQuietly(socket);
      throw new WireException(
          e instanceof SocketTimeoutException
              ? Cause.TIMEOUT
              : e instanceof ConnectException || e instanceof NoRouteToHostException
                  ? Cause.REFUSED
                  : Cause.LOST,
          e instanceof SocketTimeoutException
              ? "no connection within " + limit.toSeconds() + " s"
              : String.valueOf(e.getMessage()),
          e);
    }
  }

  void cutIfOverdue(long now) {
    if (now - deadline > 0 && !overdue) {
      overdue = true;
      closeQuietly(plain);
    }
  }

  @Override
  public void within(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /** No limit while it waits for its next use. */
  void rest() {
    deadline = System.nanoTime() + Duration.ofHours(1).toNanos();
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws WireException {
    try {
      if (length > buffer.length - buffered) {
        if (length < buffer.length) {
          int fits = buffer.length - buffered;
          System.arraycopy(octets, offset, buffer, buffered, fits);
          out.write(buffer, 0, buffer.length);
          System.arraycopy(octets, offset + fits, buffer, 0, length - fits);
          buffered = length - fits;
          return;
        }
        out.write(buffer, 0, buffered);
        buffered = 0;
        out.write(octets, offset, length);
        return;
      }
      System.arraycopy(octets, offset, buffer, buffered, length);
      buffered += length;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void flush() throws WireException {
    try {
      if (buffered > 0) {
        out.write(buffer, 0, buffered);
        buffered = 0;
      }
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public int read(byte[] into) throws WireException {
    try {
      return in.read(into, 0, into.length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private WireException failed(IOException e) {
    return overdue
        ? new WireException(Cause.TIMEOUT, "no answer in time", e)
        : new WireException(Cause.LOST, "the connection was lost: " + e.getMessage(), e);
  }

  @Override
  public void encrypt() throws WireException {
    try {
      SSLSocket over = (SSLSocket) encryption.createSocket(plain, host.name(), host.port(), true);
      over.setUseClientMode(true);
      over.startHandshake();
      in = over.getInputStream();
      out = over.getOutputStream();
      encrypted = true;
    } catch (IOException e) {
      if (overdue) {
        throw failed(e);
      }
      throw new WireException(Cause.TLS, "encryption failed: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean encrypted() {
    return encrypted;
  }

  @Override
  public void close() {
    watch.remove(this);
    closeQuietly(plain);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("closing failed", e);
    }
  }
}
