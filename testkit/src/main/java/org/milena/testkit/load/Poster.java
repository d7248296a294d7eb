package org.milena.testkit.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One SMTP client connection to a server on loopback. Not for several threads at a time. */
public final class Poster implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final int port;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();

  public Poster(int port) {
    this.port = port;
  }

  /**
   * Posts one message.
   *
   * @param message with CRLF line ends, not dot-stuffed
   * @return the reply to the end of data, or the first refusal
   * @throws IOException when the connection broke; whether the server has the message is unknown
   */
  public String post(String reversePath, String forwardPath, byte[] message) throws IOException {
    connect();
    String refusal = refusal("MAIL FROM:<" + reversePath + "> BODY=8BITMIME");
    if (refusal == null) {
      refusal = refusal("RCPT TO:<" + forwardPath + ">");
    }
    if (refusal == null) {
      String go = command("DATA");
      if (!go.startsWith("354")) {
        refusal = go;
      }
    }
    if (refusal != null) {
      String unused = command("RSET");
      return refusal;
    }
    out.write(stuffed(message));
    out.flush();
    return reply();
  }

  /**
   * Posts until the server takes responsibility: what got no 250 is sent again.
   *
   * @return the 250
   * @throws AssertionError when that does not happen in time, or the server refuses for good
   */
  public String postUntilTaken(
      String reversePath, String forwardPath, byte[] message, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    String last = "nothing";
    while (System.nanoTime() - deadline < 0) {
      try {
        last = post(reversePath, forwardPath, message);
        if (last.startsWith("250")) {
          return last;
        }
        if (last.startsWith("5")) {
          throw new AssertionError("refused for good: " + last);
        }
      } catch (IOException e) {
        last = e.toString();
      }
      close(); // as a real client: a new connection, a little later
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    throw new AssertionError("not taken within " + atMost + ", last: " + last);
  }

  /** Whether the server takes mail for this recipient now; sends none. */
  public boolean takes(String reversePath, String forwardPath) {
    try {
      connect();
      boolean taken =
          refusal("MAIL FROM:<" + reversePath + ">") == null
              && refusal("RCPT TO:<" + forwardPath + ">") == null;
      String unused = command("RSET");
      return taken;
    } catch (IOException _) {
      // it may take it at the next call
      close();
      return false;
    }
  }

  private @Nullable String refusal(String command) throws IOException {
    String reply = command(command);
    return reply.startsWith("2") ? null : reply;
  }

  private void connect() throws IOException {
    if (socket != null) {
      return;
    }
    Socket fresh = new Socket();
    try {
      fresh.setTcpNoDelay(true);
      fresh.setSoTimeout(TIMEOUT_MILLIS);
      fresh.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      in = new BufferedInputStream(fresh.getInputStream());
      out = new BufferedOutputStream(fresh.getOutputStream(), 64 * 1024);
      String greeting = reply();
      String hello = greeting.startsWith("220") ? command("EHLO poster.localhost") : greeting;
      if (!hello.startsWith("250")) {
        throw new IOException("not welcome: " + hello);
      }
      socket = fresh;
    } finally {
      if (socket == null) {
        fresh.close();
      }
    }
  }

  private String command(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return reply();
  }

  /** The last line of a reply. */
  private String reply() throws IOException {
    while (true) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int c = in.read();
      while (c >= 0 && c != '\n') {
        if (c != '\r') {
          line.write(c);
        }
        c = in.read();
      }
      if (c < 0) {
        throw new IOException("the server closed the connection");
      }
      String text = line.toString(StandardCharsets.UTF_8);
      if (text.length() < 4 || text.charAt(3) != '-') {
        return text;
      }
    }
  }

  /** Dots doubled at line starts (RFC 5321 section 4.5.2), and the end of data. */
  static byte[] stuffed(byte[] message) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(message.length + 64);
    boolean lineStart = true;
    for (byte b : message) {
      if (lineStart && b == '.') {
        all.write('.');
      }
      all.write(b);
      lineStart = b == '\n';
    }
    if (!lineStart) {
      all.write('\r');
      all.write('\n');
    }
    all.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
    return all.toByteArray();
  }

  /** Hangs up; the next post connects anew. */
  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // it is gone either way
      }
    }
  }
}
