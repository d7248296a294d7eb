package org.milena.engines.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.milena.engines.EngineStartException;
import org.milena.engines.FolderLock;
import org.milena.engines.LoopbackPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running broker: one KRaft node, broker and controller, in this JVM, on the loopback address.
 *
 * <p>A folder made by one start is found again by the next, on whatever ports. The folder holds
 * {@code cluster.id}, {@code logs} and the lock of the process that uses it.
 *
 * <p>When the broker can't go on (its disk fails or is full), Kafka's own fault handler halts the
 * JVM. That is wanted: nothing here is worth having without the broker, and a process that died is
 * started again by whoever runs it.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  /** A free port can be taken between finding and binding it; then another one is tried. */
  private static final int PORT_TRIES = 5;

  private final KafkaRaftServer server;
  private final FolderLock lock;
  private final Ports ports;
  private final LastRun lastRun;

  private EmbeddedKafka(KafkaRaftServer server, FolderLock lock, Ports ports, LastRun lastRun) {
    this.server = server;
    this.lock = lock;
    this.ports = ports;
    this.lastRun = lastRun;
  }

  /**
   * Starts the broker and returns when it serves clients.
   *
   * @throws EngineStartException when the folder is in use, a port is taken, or Kafka won't start
   */
  public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
    Path folder = settings.dataFolder().toAbsolutePath().normalize();
    FolderLock lock = FolderLock.take(folder, "Kafka");
    try {
      Path logs = folder.resolve("logs");
      LastRun lastRun = LastRun.in(folder);
      format(logs, clusterId(folder));
      EmbeddedKafka started = start(settings, logs, lock, lastRun);
      if (!lastRun.lostPower()) {
        lastRun.settle();
      }
      return started;
    } catch (IOException e) {
      lock.close();
      throw new EngineStartException(
          "The Kafka folder %s cannot be used: %s.".formatted(folder, e), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedKafka start(
      EmbeddedKafkaSettings settings, Path logs, FolderLock lock, LastRun lastRun)
      throws IOException {
    for (int tries = PORT_TRIES; ; tries--) {
      Ports ports = Ports.choose(settings);
      KafkaRaftServer server =
          create(
              BrokerProperties.of(logs, ports.broker(), ports.controller(), settings.overrides()));
      try {
        server.startup();
        LOG.info(
            "The Kafka broker serves {}:{}, its data is in {}",
            LoopbackPort.HOST,
            ports.broker(),
            logs);
        return new EmbeddedKafka(server, lock, ports, lastRun);
      } catch (Exception e) {
        stop(server);
        if (tries <= 1 || !ports.takenMeanwhile(settings)) {
          throw new EngineStartException("The Kafka broker does not start: " + root(e) + ".", e);
        }
      }
    }
  }

  private static KafkaRaftServer create(Properties properties) {
    try {
      return new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    } catch (RuntimeException e) {
      throw new EngineStartException("The Kafka broker does not start: " + root(e) + ".", e);
    }
  }

  /** Where clients connect: {@code host:port}. */
  public String bootstrapServers() {
    return LoopbackPort.HOST + ":" + ports.broker();
  }

  /** The port of the clients' listener, also when a free one was asked for. */
  public int brokerPort() {
    return ports.broker();
  }

  /**
   * Whether the machine went down under the broker that used this folder before: then the last
   * seconds of its logs may be missing, in each as much as was not yet on the disk.
   */
  public boolean lostPower() {
    return lastRun.lostPower();
  }

  /** What may have been lost has been seen to: the next start asks about this run. */
  public void settleLostPower() {
    try {
      lastRun.settle();
    } catch (IOException e) {
      throw new UncheckedIOException("the end of the last run cannot be noted", e);
    }
  }

  /** Stops the broker cleanly; acknowledged records are on the disk when this returns. */
  @Override
  public void close() {
    stop(server);
    lock.close();
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }

  /**
   * The id is written before the folder is formatted with it, so that a kill between is harmless.
   */
  private static String clusterId(Path folder) throws IOException {
    Path file = folder.resolve("cluster.id");
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    String id = Uuid.randomUuid().toString();
    Path draft = folder.resolve("cluster.id.new");
    Files.writeString(draft, id);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    return id;
  }

  private static void format(Path logs, String clusterId) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      new Formatter()
          .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
          .setClusterId(clusterId)
          .setNodeId(BrokerProperties.NODE_ID)
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setMetadataLogDirectory(Optional.of(logs.toString()))
          .addDirectory(logs.toString())
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) {
      throw new EngineStartException(
          "The Kafka folder %s cannot be prepared: %s.".formatted(logs, root(e)), e);
    }
    LOG.debug("{}", said.toString(StandardCharsets.UTF_8).strip());
  }

  private static Throwable root(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  /** The two ports of one attempt to start. */
  private record Ports(int broker, int controller) {

    static Ports choose(EmbeddedKafkaSettings settings) throws IOException {
      try (ServerSocket broker =
              LoopbackPort.hold(settings.brokerPort(), "Kafka wants for clients");
          ServerSocket controller =
              LoopbackPort.hold(settings.controllerPort(), "Kafka wants for its controller")) {
        return new Ports(broker.getLocalPort(), controller.getLocalPort());
      }
    }

    boolean takenMeanwhile(EmbeddedKafkaSettings settings) {
      return (settings.brokerPort() == 0 && !free(broker))
          || (settings.controllerPort() == 0 && !free(controller));
    }

    private static boolean free(int port) {
      try (ServerSocket socket = LoopbackPort.hold(port, "Kafka wants")) {
        return socket.isBound();
      } catch (EngineStartException | IOException e) {
        return false;
      }
    }
  }
}
