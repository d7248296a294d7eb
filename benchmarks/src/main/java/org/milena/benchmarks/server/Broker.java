package org.milena.benchmarks.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The broker of standalone as a process of its own. */
public final class Broker implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final int port = Started.freePort();
  private final Started process;

  private Broker(Path folder, int megabytes) {
    this.process =
        Started.start(
            "broker",
            Jvm.command(
                megabytes,
                "-cp",
                System.getProperty("java.class.path"),
                "org.milena.engines.kafka.BrokerMain",
                "--data",
                folder.resolve("kafka").toString(),
                "--port",
                Integer.toString(port)),
            Map.of(),
            folder.resolve("broker.log"),
            false);
    process.awaitPort(port, START_LIMIT);
  }

  /**
   * Starts it and waits until it takes clients.
   *
   * @param folder for its data, on the disk that is to be measured
   * @param megabytes of heap at most
   */
  public static Broker start(Path folder, int megabytes) {
    return new Broker(folder, megabytes);
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Seconds of processor time. */
  double cpuSeconds() {
    return process.cpuSeconds();
  }

  /** What it tells about itself. */
  Beans beans() {
    return Beans.of(process);
  }

  @Override
  public void close() {
    process.close();
  }
}
