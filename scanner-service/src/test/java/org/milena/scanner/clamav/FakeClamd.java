package org.milena.scanner.clamav;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A clamd that says what it is told to: PING, VERSION and INSTREAM, a connection each. */
final class FakeClamd implements AutoCloseable {

  private final ServerSocket socket;
  private final Thread listener;
  private final List<String> asked = new ArrayList<>();
  private String pong = "PONG\0";
  private String version = "ClamAV 1.4.6/27830/Sat Nov 28 09:10:00 2026\0";
  private String toCleanMail = "stream: OK\0";
  private String toTestVirus = "stream: Eicar-Signature FOUND\0";

  FakeClamd() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener = Thread.ofVirtual().start(this::serve);
  }

  ClamdAddress address() {
    return new ClamdAddress.Tcp("127.0.0.1", socket.getLocalPort());
  }

  /** What was asked since the last call; {@code INSTREAM virus} with the test virus. */
  synchronized List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  synchronized FakeClamd pongs(String reply) {
    pong = reply;
    return this;
  }

  synchronized FakeClamd hasVersion(String reply) {
    version = reply;
    return this;
  }

  synchronized FakeClamd saysToCleanMail(String reply) {
    toCleanMail = reply;
    return this;
  }

  synchronized FakeClamd saysToTestVirus(String reply) {
    toTestVirus = reply;
    return this;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> talk(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void talk(Socket connection) {
    try (connection) {
      var in = new DataInputStream(connection.getInputStream());
      String reply = replyTo(command(in), in);
      for (byte octet : reply.getBytes(StandardCharsets.ISO_8859_1)) {
        connection.getOutputStream().write(octet);
        connection.getOutputStream().flush();
      }
    } catch (IOException e) {
      // who asked has gone
    }
  }

  private static String command(DataInputStream in) throws IOException {
    var command = new StringBuilder();
    for (int octet = in.readByte(); octet != 0; octet = in.readByte()) {
      command.append((char) octet);
    }
    return command.substring(1);
  }

  private String replyTo(String command, DataInputStream in) throws IOException {
    boolean virus = false;
    if (command.equals("INSTREAM")) {
      var content = new StringBuilder();
      for (int size = in.readInt(); size > 0; size = in.readInt()) {
        content.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
      }
      virus = content.indexOf("eicar.com") >= 0;
    }
    synchronized (this) {
      asked.add(virus ? "INSTREAM virus" : command);
      return switch (command) {
        case "PING" -> pong;
        case "VERSION" -> version;
        case "INSTREAM" -> virus ? toTestVirus : toCleanMail;
        default -> "UNKNOWN COMMAND\0";
      };
    }
  }

  /** Nobody who connects after this is answered: until the listener ends, it may still accept. */
  @Override
  public void close() {
    try {
      socket.close();
      listener.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
