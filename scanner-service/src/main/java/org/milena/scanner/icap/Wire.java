package org.milena.scanner.icap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to an ICAP service. It sends while it waits for the reply, since a service may give
 * a body back while it still takes it, and both sides would wait for ever else.
 *
 * <p>Used by one thread at a time.
 */
final class Wire implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Wire.class);

  private static final int BUFFER = 32 * 1024;
  private static final int GATHER = 24;

  /** So that whoever waits for a verdict hears of an outage before he gives up. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();
  private final Deque<ByteBuffer> out = new ArrayDeque<>();
  private Deadline deadline;
  private boolean used;
  private boolean heard;
  private @Nullable IOException broken;

  private Wire(SocketChannel channel, Selector selector, Deadline deadline) throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.deadline = deadline;
    channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  static Wire open(IcapAddress address, Deadline deadline) throws IOException {
    Selector selector = Selector.open();
    Wire wire;
    try {
      wire = new Wire(SocketChannel.open(), selector, deadline.atMost(CONNECT_LIMIT));
    } catch (IOException e) {
      selector.close();
      throw e;
    }
    try {
      wire.connect(address);
      wire.deadline = deadline;
      return wire;
    } catch (UnresolvedAddressException e) {
      wire.close();
      throw new IOException("no address for " + address.host(), e);
    } catch (IOException | RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  private void connect(IcapAddress address) throws IOException {
    boolean connected = channel.connect(address.socketAddress());
    while (!connected) {
      await(SelectionKey.OP_CONNECT);
      connected = channel.finishConnect();
    }
  }

  /** Another dialogue on this connection. */
  void begin(Deadline next) {
    deadline = next;
    used = true;
    heard = false;
  }

  /** The dialogue has less time from now on. */
  void hurry(Duration limit) {
    deadline = deadline.atMost(limit);
  }

  /** Whether there was a dialogue before this one. */
  boolean used() {
    return used;
  }

  /** Whether anything came in this dialogue. */
  boolean heard() {
    return heard;
  }

  /** Whether another dialogue may follow: nothing is left to be sent or read. */
  boolean idle() {
    return channel.isOpen() && broken == null && out.isEmpty() && !in.hasRemaining();
  }

  /** Whether the service, which nobody has asked anything, said nothing and did not hang up. */
  boolean quiet() {
    in.clear();
    try {
      return channel.read(in) == 0;
    } catch (IOException e) {
      log.debug("a connection that was kept has ended", e);
      return false;
    } finally {
      in.flip();
    }
  }

  /** Whether everything has left us. */
  boolean allSent() {
    return broken == null && out.isEmpty();
  }

  /** Sends this, behind what is still to be sent, while somebody reads. */
  void send(List<ByteBuffer> octets) {
    out.addAll(octets);
  }

  /** Reads a head with the empty line that ends it, and gives it without. */
  byte[] readHead() throws IOException {
    var head = new ByteArrayOutputStream();
    String line = readLine(Head.MAX_OCTETS);
    while (!line.isEmpty()) {
      head.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      if (head.size() > Head.MAX_OCTETS) {
        throw new MalformedReplyException("a head of more than " + Head.MAX_OCTETS + " octets");
      }
      line = readLine(Head.MAX_OCTETS);
    }
    return head.toByteArray();
  }

  /** A line without its end, which is CRLF or a bare LF. */
  String readLine(int longest) throws IOException {
    var line = new StringBuilder();
    while (true) {
      char c = (char) (some().get() & 0xFF);
      if (c == '\n') {
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
          line.setLength(end);
        }
        return line.toString();
      }
      if (line.length() >= longest) {
        throw new MalformedReplyException("a line of more than " + longest + " octets");
      }
      line.append(c);
    }
  }

  /** So many octets. */
  byte[] read(int count) throws IOException {
    byte[] octets = new byte[count];
    int at = 0;
    while (at < count) {
      ByteBuffer some = some();
      int size = Math.min(count - at, some.remaining());
      some.get(octets, at, size);
      at += size;
    }
    return octets;
  }

  /** What has come, at least one octet; the reader moves its position. */
  ByteBuffer some() throws IOException {
    while (!in.hasRemaining()) {
      fill();
    }
    return in;
  }

  private void fill() throws IOException {
    await(SelectionKey.OP_READ | (out.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    if (key.isReadable()) {
      in.clear();
      int count;
      try {
        count = channel.read(in);
      } catch (IOException e) {
        throw ended(e);
      } finally {
        in.flip();
      }
      if (count < 0) {
        throw ended(null);
      }
      heard |= count > 0;
    }
    // not before reading: a service that has enough of us says so and closes
    if (key.isWritable() && !out.isEmpty()) {
      write();
    }
  }

  private void write() {
    try {
      channel.write(out.stream().limit(GATHER).toArray(ByteBuffer[]::new));
      while (!out.isEmpty() && !out.element().hasRemaining()) {
        out.remove();
      }
    } catch (IOException e) {
      // its reply, if there is one, says more than our broken pipe
      broken = e;
      out.clear();
    }
  }

  private IOException ended(@Nullable IOException cause) {
    IOException ended =
        new MalformedReplyException(
            "the connection ended " + (heard ? "within a reply" : "without a reply"));
    if (cause != null) {
      ended.initCause(cause);
    }
    if (broken != null) {
      ended.addSuppressed(broken);
    }
    return ended;
  }

  private void await(int operations) throws IOException {
    key.interestOps(operations);
    do {
      long millis = deadline.nanosLeft() / 1_000_000;
      selector.select(millis + 1);
    } while (selector.selectedKeys().isEmpty());
    selector.selectedKeys().clear();
  }

  @Override
  public void close() {
    try (selector;
        channel) {
      out.clear();
    } catch (IOException e) {
      // nothing is kept in it: the dialogue is over either way
      log.debug("closing failed", e);
    }
  }
}
