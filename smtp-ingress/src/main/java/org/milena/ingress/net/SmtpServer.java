package org.milena.ingress.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.milena.common.failure.UnfitException;
import org.milena.common.status.SmtpReply;
import org.milena.ingress.acceptance.Acceptance;
import org.milena.ingress.policy.Admission;
import org.milena.ingress.policy.ConnectionCount;
import org.milena.ingress.policy.Limits;
import org.milena.ingress.policy.Timeouts;
import org.milena.ingress.session.Client;
import org.milena.ingress.session.PortRole;
import org.milena.ingress.session.Replies;
import org.milena.ingress.session.Session;
import org.milena.ingress.session.SessionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SMTP server: its ports, its connections, and the reaper that keeps their deadlines. */
public final class SmtpServer implements House {
  private static final Logger log = LoggerFactory.getLogger(SmtpServer.class);
  private static final int BACKLOG = 1024;
  private static final Duration MAX_TICK = Duration.ofSeconds(1);

  /**
   * Where it listens and what it is called.
   *
   * @param hostname in the greeting
   * @param bind numeric address
   * @param ports by role; 0 for any free one; a role that is not in it is not served
   */
  public record Settings(
      String hostname,
      String bind,
      Map<PortRole, Integer> ports,
      Limits limits,
      Timeouts timeouts) {
    public Settings {
      ports = Map.copyOf(ports);
    }
  }

  private final Settings settings;
  private final Session.Services services;
  private final Acceptance acceptance;
  private final Map<PortRole, ServerTls> tls;
  private final ConnectionCount count;
  private final TrafficObserver observer;

  private final Map<PortRole, ServerSocket> listeners = new EnumMap<>(PortRole.class);
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition someoneLeft = lock.newCondition();
  private volatile boolean listening;

  /**
   * @param tls one for each role that is served
   */
  public SmtpServer(
      Settings settings,
      Session.Services services,
      Acceptance acceptance,
      Map<PortRole, ServerTls> tls,
      ConnectionCount count,
      TrafficObserver observer) {
    this.settings = settings;
    this.services = services;
    this.acceptance = acceptance;
    this.tls = Map.copyOf(tls);
    this.count = count;
    this.observer = observer;
  }

  /**
   * Opens the ports.
   *
   * @throws UnfitException when one can't be opened
   */
  public void start() {
    settings.ports().forEach((role, port) -> listeners.put(role, open(role, port)));
    listening = true;
    listeners.forEach((role, listener) ->
        Thread.ofPlatform()
            .daemon()
            .name("smtp-accept-" + listener.getLocalPort())
            .start(() -> accept(role, listener)));
    Thread.ofPlatform().daemon().name("smtp-reaper").start(this::reap);
    log.info("SMTP is open on {}", listeners);
  }

  private ServerSocket open(PortRole role, int port) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral(settings.bind()), port), BACKLOG);
      return listener;
    } catch (IOException | IllegalArgumentException e) {
      listeners.values().forEach(SmtpServer::close);
      throw new UnfitException(
          "The port "
              + port
              + " on "
              + settings.bind()
              + " ("
              + role
              + ") can't be opened: "
              + e.getMessage()
              + ". Is another server on it?",
          e);
    }
  }

  private static void close(ServerSocket listener) {
    try {
      listener.close();
    } catch (IOException e) {
      log.debug("Closing {} failed: {}", listener, e.toString());
    }
  }

  private void accept(PortRole role, ServerSocket listener) {
    while (!isStopping()) {
      try {
        admit(role, listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          // out of file descriptors, most likely: trying again at once would only burn the
          // processor
          log.warn("No connection can be accepted on {}: {}", listener, e.toString());
          pause();
        }
      } catch (RuntimeException e) {
        log.error("A connection on {} could not be served", listener, e);
      }
    }
  }

  private void admit(PortRole role, Socket socket) {
    String network = ConnectionCount.network(socket.getInetAddress().getAddress());
    Admission admission = count.enter(network);
    observer.connected(role, admission);
    switch (admission) {
      case ADMITTED -> {
        var connection = new Connection(this, role, socket, network);
        connections.add(connection);
        Thread.startVirtualThread(connection);
        if (isStopping()) {
          connection.stop();
        }
      }
      case NETWORK_FULL -> turnAway(role, socket, Replies.TOO_MANY_CONNECTIONS);
      case HOUSE_FULL -> turnAway(role, socket, Replies.BUSY);
    }
  }

  private void turnAway(PortRole role, Socket socket, SmtpReply reply) {
    Thread.startVirtualThread(() -> {
      try (socket) {
        if (role != PortRole.SUBMISSIONS) {
          var last = new ReplyBuffer();
          last.add(reply);
          observer.replied(role, reply);
          last.writeTo(socket.getOutputStream());
        }
      } catch (IOException e) {
        log.debug("{} was gone before it was turned away", socket.getInetAddress());
      }
    });
  }

  private void reap() {
    Duration tick = settings.timeouts().shortest().dividedBy(4);
    long nanos = (tick.compareTo(MAX_TICK) < 0 ? tick : MAX_TICK).toNanos();
    while (!isStopping() || !connections.isEmpty()) {
      long now = System.nanoTime();
      connections.forEach(connection -> connection.check(now));
      lock.lock();
      try {
        // woken early when somebody leaves, which does no harm
        long unused = someoneLeft.awaitNanos(nanos);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Stops: no new connections, a goodbye to those who wait, and time for messages under way.
   *
   * @param patience after which the rest is cut off without a reply, so that they come again
   */
  public void stop(Duration patience) {
    stopping.countDown();
    listening = false;
    listeners.values().forEach(SmtpServer::close);
    connections.forEach(Connection::stop);
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!connections.isEmpty() && left > 0) {
        left = someoneLeft.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    if (!connections.isEmpty()) {
      log.warn("{} connections were cut off", connections.size());
      connections.forEach(Connection::closeRaw);
    }
  }

  /** Whether it takes connections. */
  public boolean isListening() {
    return listening && listeners.values().stream().noneMatch(ServerSocket::isClosed);
  }

  /** The port of a role, when it is served. */
  public Optional<Integer> port(PortRole role) {
    return Optional.ofNullable(listeners.get(role)).map(ServerSocket::getLocalPort);
  }

  @Override
  public Session session(PortRole role, Client client) {
    return new Session(
        new SessionSettings(role, settings.hostname(), settings.limits()), services, client);
  }

  @Override
  public Acceptance acceptance() {
    return acceptance;
  }

  @Override
  public ServerTls tls(PortRole role) {
    return java.util.Objects.requireNonNull(tls.get(role), "no TLS for this port");
  }

  @Override
  public Timeouts timeouts() {
    return settings.timeouts();
  }

  @Override
  public TrafficObserver observer() {
    return observer;
  }

  @Override
  public long mostOctets() {
    return 4L * settings.limits().messageSize();
  }

  @Override
  public void pause() {
    try {
      boolean unused = stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isStopping() {
    return stopping.getCount() == 0;
  }

  @Override
  public void leave(String network) {
    count.leave(network);
  }

  @Override
  public void left(Connection connection) {
    connections.remove(connection);
    if (isStopping()) {
      lock.lock();
      try {
        someoneLeft.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
