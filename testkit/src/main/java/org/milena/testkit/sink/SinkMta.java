package org.milena.testkit.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * The far end of a delivery: an SMTP server on virtual threads that counts, and misbehaves where
 * its policy says so.
 */
public final class SinkMta implements AutoCloseable {
  private final ServerSocket listener;
  private final SinkOptions options;
  private final SinkCounters counters;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private SinkMta(SinkOptions options, InstantSource clock) throws IOException {
    this.options = options;
    this.counters = new SinkCounters(clock, options.keep());
    this.listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(
        new InetSocketAddress(InetAddress.ofLiteral(options.host()), options.port()), 500);
    Thread.ofVirtual().name("sink-accept").start(this::accept);
  }

  /** A sink that takes everything, on a free port of loopback. */
  public static SinkMta start() {
    return start(SinkOptions.standard());
  }

  /**
   * @throws UncheckedIOException when the port is taken
   */
  public static SinkMta start(SinkOptions options) {
    return start(options, InstantSource.system());
  }

  /** With the clock that stamps arrivals. */
  public static SinkMta start(SinkOptions options, InstantSource clock) {
    try {
      return new SinkMta(options, clock);
    } catch (IOException e) {
      throw new UncheckedIOException("no sink on port " + options.port(), e);
    }
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** What was counted so far. */
  public SinkReport report() {
    return counters.report();
  }

  /** The messages that were kept, in the order they came. */
  public List<SinkMessage> messages() {
    return counters.kept();
  }

  /** How often each pair of Message-ID and recipient came: {@code Message-ID recipient}. */
  public Map<String, Integer> deliveries() {
    return counters.taken();
  }

  /** Forgets all counts; connections stay. */
  public void reset() {
    counters.reset();
  }

  /** Cuts every open connection now; the sink goes on listening. */
  public void cutConnections() {
    open.forEach(SinkMta::closeQuietly);
  }

  /**
   * Waits for a state of the counts.
   *
   * @throws AssertionError when it does not come in time; the message holds what was counted
   */
  public SinkReport await(Duration atMost, Predicate<SinkReport> enough) {
    try {
      if (!counters.await(enough, atMost.toNanos())) {
        throw new AssertionError("the sink still waits after " + atMost + ": " + report());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return report();
  }

  private void accept() {
    for (long number = 0; stopped.getCount() > 0; number++) {
      Socket socket;
      try {
        socket = listener.accept();
        socket.setTcpNoDelay(true);
      } catch (IOException _) {
        return; // closed
      }
      counters.connections.increment();
      long mine = number;
      open.add(socket);
      Thread.ofVirtual().name("sink-", number).start(() -> serve(socket, mine));
    }
  }

  private void serve(Socket socket, long number) {
    try (socket) {
      new SinkSession(socket, options, counters, stopped, number).run();
    } catch (IOException _) {
      // the client went away; what it got is counted
    } finally {
      open.remove(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is gone either way
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cutConnections();
    }
  }
}
