package org.milena.scanner.clamav;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.milena.common.mail.RawMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question to clamd and its answer. Commands are framed with {@code z} and NUL.
 *
 * <p>One deadline for the whole dialogue, at which the channel is closed: that ends a connect, a
 * write and a read alike, where {@code SO_TIMEOUT} would end a read only, and that not on a unix
 * socket. An interrupt of the thread ends it as well.
 */
final class ClamdConnection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ClamdConnection.class);

  private static final int CHUNK = 64 * 1024;
  private static final int MAX_REPLY = 4096;

  private final SocketChannel channel;
  private final Duration limit;
  private final CompletableFuture<Void> deadline = new CompletableFuture<>();
  private volatile boolean late;

  private ClamdConnection(SocketChannel channel, Duration limit) {
    this.channel = channel;
    this.limit = limit;
  }

  static ClamdConnection open(ClamdAddress address, Duration limit) throws IOException {
    SocketChannel channel =
        switch (address) {
          case ClamdAddress.Tcp _ -> SocketChannel.open(); // either version of IP
          case ClamdAddress.Unix unix -> SocketChannel.open(unix.family());
        };
    var connection = new ClamdConnection(channel, limit);
    connection.startDeadline();
    try {
      channel.connect(address.socketAddress());
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      if (e instanceof UnresolvedAddressException) {
        throw new IOException("no address for " + address.text(), e);
      }
      throw connection.explained(e instanceof IOException io ? io : new IOException(e));
    }
  }

  private void startDeadline() {
    var unused =
        deadline
            .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
            .thenRun(() -> {
              late = true;
              closeChannel();
            });
  }

  /** Sends a command without content and returns the reply. */
  String ask(String command) throws IOException {
    return sendThenRead(() -> write(ByteBuffer.wrap(framed(command))));
  }

  /**
   * Sends a message to be scanned and returns the reply.
   *
   * @param sent called when all of it was sent, and nothing was read yet
   */
  String instream(RawMessage message, Runnable sent) throws IOException {
    return sendThenRead(() -> {
      ByteBuffer command = ByteBuffer.wrap(framed("INSTREAM"));
      ByteBuffer content = message.asByteBuffer();
      ByteBuffer end = ByteBuffer.wrap(new byte[Integer.BYTES]);
      // what fits goes out in one write: most mail is one packet
      while (content.remaining() > CHUNK) {
        write(command, length(CHUNK), chunk(content, CHUNK));
      }
      int rest = content.remaining();
      if (rest == 0) {
        write(command, end); // a chunk without octets would end it already
      } else {
        write(command, length(rest), chunk(content, rest), end);
      }
      sent.run();
    });
  }

  private static ByteBuffer length(int octets) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(octets).flip();
  }

  private static ByteBuffer chunk(ByteBuffer content, int octets) {
    ByteBuffer chunk = content.slice(content.position(), octets);
    content.position(content.position() + octets);
    return chunk;
  }

  @FunctionalInterface
  private interface Sending {
    void send() throws IOException;
  }

  /**
   * When clamd has enough of us (over its size limit, for instance) it says so and closes while we
   * still write: then its reply says more than our broken pipe.
   */
  private String sendThenRead(Sending sending) throws IOException {
    try {
      sending.send();
    } catch (IOException broken) {
      if (!channel.isOpen()) {
        throw explained(broken);
      }
      try {
        return reply();
      } catch (IOException e) {
        broken.addSuppressed(e);
        throw explained(broken);
      }
    }
    return reply();
  }

  private void write(ByteBuffer... buffers) throws IOException {
    ByteBuffer last = buffers[buffers.length - 1];
    while (last.hasRemaining()) {
      channel.write(buffers);
    }
  }

  private String reply() throws IOException {
    byte[] octets = new byte[MAX_REPLY];
    ByteBuffer reply = ByteBuffer.wrap(octets);
    try {
      while (reply.hasRemaining() && channel.read(reply) >= 0) {
        for (int i = 0; i < reply.position(); i++) {
          if (octets[i] == 0) {
            return new String(octets, 0, i, StandardCharsets.UTF_8);
          }
        }
      }
    } catch (IOException e) {
      throw explained(e);
    }
    String begun = new String(octets, 0, reply.position(), StandardCharsets.UTF_8);
    throw new IOException("the connection ended within a reply: \"" + begun + '"');
  }

  private static byte[] framed(String command) {
    return ('z' + command + '\0').getBytes(StandardCharsets.US_ASCII);
  }

  private IOException explained(IOException e) {
    if (!late) {
      return e;
    }
    var timeout = new SocketTimeoutException("no answer within " + limit);
    timeout.initCause(e);
    return timeout;
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing is kept in it: the dialogue is over either way
      log.debug("closing failed", e);
    }
  }

  @Override
  public void close() {
    deadline.cancel(false);
    closeChannel();
  }
}
