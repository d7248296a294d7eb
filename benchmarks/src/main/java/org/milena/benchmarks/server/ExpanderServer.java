package org.milena.benchmarks.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The list expander as it is deployed, on a broker of ours, and no other stage. */
public final class ExpanderServer implements AutoCloseable {
  /** Its mail domain. */
  public static final String DOMAIN = "lists.example.org";

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final String PASSWORD = "correct horse battery staple";

  private final Started process;
  private final MilenaApi api;
  private final Heap heap;
  private final double startSeconds;

  private ExpanderServer(Path home, Path folder, Broker broker, int megabytes) {
    int httpPort = Started.freePort();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MILENA_HTTP_PORT", Integer.toString(httpPort));
    environment.put("MILENA_DOMAIN", DOMAIN);
    environment.put("MILENA_KAFKA", broker.bootstrapServers());
    environment.put("MILENA_INSTANCE", "only");
    environment.put("MILENA_KEYS", folder.resolve("keys").toString());
    environment.put("MILENA_DATA", folder.resolve("listexpander").toString());
    environment.put("MILENA_ADMIN_PASSWORD", PASSWORD);
    long began = System.nanoTime();
    this.process =
        Started.start(
            "listexpander",
            Jvm.command(megabytes, "-jar", Jvm.jar(home, "listexpander-service").toString()),
            environment,
            folder.resolve("listexpander.log"),
            false);
    this.api = new MilenaApi(httpPort);
    process.await("readiness", START_LIMIT, api::isReady);
    this.startSeconds = (System.nanoTime() - began) / 1e9;
    this.heap = new Heap(Beans.of(process));
    MilenaApi unused = api.signIn(PASSWORD);
  }

  /**
   * Starts it and waits until it takes requests.
   *
   * @param home of the project, which must be built
   * @param folder for keys and log; the same for each start on a broker
   * @param megabytes of heap at most
   */
  public static ExpanderServer start(Path home, Path folder, Broker broker, int megabytes) {
    return new ExpanderServer(home, folder, broker, megabytes);
  }

  public MilenaApi api() {
    return api;
  }

  /** Its heap. */
  public Heap heap() {
    return heap;
  }

  /** From the start of its JVM until it was ready. */
  public double startSeconds() {
    return startSeconds;
  }

  /** Seconds of processor time. */
  public double cpuSeconds() {
    return process.cpuSeconds();
  }

  @Override
  public void close() {
    heap.close();
    api.close();
    process.close();
  }
}
