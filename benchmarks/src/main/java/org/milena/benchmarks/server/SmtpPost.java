package org.milena.benchmarks.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One SMTP connection (RFC 5321) that posts, and notes when the 250 came. For one thread. */
public final class SmtpPost implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 120_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  private SmtpPost(int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
  }

  public static SmtpPost to(int port) {
    try {
      SmtpPost post = new SmtpPost(port);
      post.expect("220");
      post.command("EHLO post.localhost", "250");
      return post;
    } catch (IOException e) {
      throw new BenchmarkException("port " + port + " does not speak SMTP: " + e.getMessage(), e);
    }
  }

  /**
   * Posts one message.
   *
   * @param parameters of MAIL, with a space before each
   * @param message in ASCII with CRLF line ends, no line beginning with a dot
   * @return when the 250 was read, in {@link System#nanoTime}
   * @throws BenchmarkException when it is refused
   */
  public long post(String from, String parameters, List<String> recipients, String message) {
    try {
      command("MAIL FROM:<" + from + ">" + parameters, "250");
      for (String recipient : recipients) {
        command("RCPT TO:<" + recipient + ">", "250");
      }
      command("DATA", "354");
      out.write((message + ".\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      expect("250");
      return System.nanoTime();
    } catch (IOException e) {
      throw new BenchmarkException("a post broke: " + e.getMessage(), e);
    }
  }

  private void command(String line, String code) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    expect(code);
  }

  private void expect(String code) throws IOException {
    String line = line();
    while (line.length() > 3 && line.charAt(3) == '-') {
      line = line();
    }
    if (!line.startsWith(code)) {
      throw new IOException("expected " + code + ", not " + line);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server hung up");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // it is gone either way
    }
  }
}
