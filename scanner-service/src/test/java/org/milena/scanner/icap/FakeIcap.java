package org.milena.scanner.icap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service that follows a script, played on each connection it takes. */
final class FakeIcap implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FakeIcap.class);

  /** What it does on a connection; it is closed afterwards. */
  @FunctionalInterface
  interface Script {
    void play(Peer peer) throws IOException;
  }

  /** What it answers to a message. */
  @FunctionalInterface
  interface Answer {
    void to(Peer peer, Request request) throws IOException;
  }

  /**
   * A request, up to the chunk that ends its body or its preview.
   *
   * @param all whether that chunk says that there is no more
   */
  record Request(String head, String body, boolean all) {}

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger taken = new AtomicInteger();

  FakeIcap(Script script) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> listen(script));
  }

  /** Says of itself what it is told, and answers messages. */
  static FakeIcap serving(String options, Answer answer) {
    return new FakeIcap(peer -> {
      while (true) {
        Request request = peer.request();
        if (request.head().startsWith("OPTIONS ")) {
          peer.say("ICAP/1.0 200 OK\r\n" + options + "Encapsulated: null-body=0\r\n\r\n");
        } else {
          answer.to(peer, request);
        }
      }
    });
  }

  private void listen(Script script) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        taken.incrementAndGet();
        open.add(socket);
        threads.execute(() -> play(script, socket));
      } catch (IOException | RejectedExecutionException e) {
        log.debug("the listener ends", e);
      }
    }
  }

  private void play(Script script, Socket socket) {
    try (socket) {
      script.play(
          new Peer(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream()));
    } catch (IOException e) {
      log.debug("a connection ends", e);
    } finally {
      open.remove(socket);
    }
  }

  IcapAddress address() {
    return new IcapAddress("127.0.0.1", listener.getLocalPort(), "avscan");
  }

  /** How many connections it has taken. */
  int taken() {
    return taken.get();
  }

  /** Closes the connections, not the listener. */
  void hangUp() {
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Takes no more connections. */
  void refuse() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    refuse();
    hangUp();
    threads.close();
  }

  /** The client. */
  record Peer(InputStream in, OutputStream out) {

    void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    Request request() throws IOException {
      String head = lines();
      if (!head.contains("res-body=")) {
        return new Request(head, "", true);
      }
      String http = lines() + lines();
      return body(head + http);
    }

    /** What comes after 100 Continue. */
    Request rest() throws IOException {
      return body("");
    }

    private Request body(String head) throws IOException {
      var body = new ByteArrayOutputStream();
      while (true) {
        String size = line();
        int count = Integer.parseInt(size.split(";", 2)[0], 16);
        body.write(in.readNBytes(count));
        line();
        if (count == 0) {
          return new Request(
              head, body.toString(StandardCharsets.ISO_8859_1), size.contains("ieof"));
        }
      }
    }

    private String lines() throws IOException {
      var lines = new StringBuilder();
      for (String line = line(); !line.isEmpty(); line = line()) {
        lines.append(line).append("\r\n");
      }
      return lines.append("\r\n").toString();
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException();
        }
        line.append((char) c);
      }
      return line.toString().stripTrailing();
    }
  }
}
