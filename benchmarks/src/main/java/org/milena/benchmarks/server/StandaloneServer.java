package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole system as {@code ./milena start} starts it, with a smarthost, and with a name server
 * that answers at once.
 */
public final class StandaloneServer implements AutoCloseable {
  /** Its mail domain. */
  public static final String DOMAIN = "lists.example.org";

  /** The launcher may have to build, and rehearses a start. */
  private static final Duration START_LIMIT = Duration.ofMinutes(15);

  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(1);

  private final Started process;
  private final Path home;
  private final Path folder;
  private final Path data;
  private final int smtpPort = Started.freePort();
  private final int searchPort = Started.freePort();
  private final EmptyDns names = EmptyDns.start();
  private final MilenaApi api;

  private StandaloneServer(Path home, Path folder, String egress, String clamd) {
    int httpPort = Started.freePort();
    this.home = home;
    this.folder = folder;
    this.data = folder.resolve("data");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MILENA_DATA", data.toString());
    environment.put("MILENA_HTTP_PORT", Integer.toString(httpPort));
    environment.put("MILENA_ELASTICSEARCH_PORT", Integer.toString(searchPort));
    environment.put("MILENA_SMTP_PORT", Integer.toString(smtpPort));
    environment.put("MILENA_SUBMISSION_PORT", "-1");
    environment.put("MILENA_SUBMISSIONS_PORT", "-1");
    environment.put("MILENA_DOMAIN", DOMAIN);
    environment.put("MILENA_EGRESS", egress);
    environment.put("MILENA_CLAMAV", clamd);
    environment.put("MILENA_SCANNER_AUTHENTICATION_DNSSERVERS", names.address());
    environment.put("MILENA_INGRESS_LIMITS_MESSAGES", "1000000");
    environment.put("MILENA_JAVA_OPTS", System.getenv().getOrDefault("MILENA_JAVA_OPTS", ""));
    this.process =
        Started.start(
            "milena",
            List.of(home.resolve("milena").toString(), "start"),
            environment,
            folder.resolve("milena.log"),
            false);
    this.api = new MilenaApi(httpPort);
    process.await(
        "the word ready",
        START_LIMIT,
        () -> Files.exists(data.resolve("milena.run")) && api.isReady());
    try {
      MilenaApi unused = api.signIn(Files.readString(data.resolve("admin-password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param home of the project
   * @param folder for all data, on the disk that is to be measured
   */
  public static StandaloneServer start(Path home, Path folder, int smarthostPort) {
    return new StandaloneServer(home, folder, smarthost(smarthostPort), "");
  }

  private static String smarthost(int port) {
    return "smarthost:127.0.0.1:" + port;
  }

  /** Likewise, but no mail leaves it. */
  public static StandaloneServer startCapturing(Path home, Path folder) {
    return new StandaloneServer(home, folder, "capture", "");
  }

  /** Likewise, with a clamd that scans for it. */
  public static StandaloneServer start(
      Path home, Path folder, int smarthostPort, ClamdDaemon clamd) {
    return new StandaloneServer(home, folder, smarthost(smarthostPort), "unix:" + clamd.socket());
  }

  public int smtpPort() {
    return smtpPort;
  }

  public MilenaApi api() {
    return api;
  }

  /** Its Elasticsearch. */
  public SearchEngine searchEngine() {
    return new SearchEngine(searchPort);
  }

  /** The heap of services and broker, which are one JVM. */
  public Heap heap() {
    return new Heap(Beans.of(process));
  }

  /**
   * Runs a command of {@code ./milena} on it.
   *
   * @return what it wrote
   * @throws BenchmarkException when it fails
   */
  public String milena(String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("milena").toString()));
    command.addAll(List.of(arguments));
    try (Started running =
        Started.start(
            "milena " + arguments[0],
            command,
            Map.of("MILENA_DATA", data.toString()),
            folder.resolve("command.log"),
            true)) {
      String written = new String(running.output().readAllBytes(), StandardCharsets.UTF_8);
      Integer code = running.awaitEnd(COMMAND_LIMIT);
      if (code == null || code != 0) {
        throw new BenchmarkException(
            "milena " + arguments[0] + " ended with " + code + ": " + written + running.tail());
      }
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seconds of processor time of services, broker and search engine. */
  public double cpuSeconds() {
    return process.cpuSeconds();
  }

  @Override
  public void close() {
    api.close();
    process.close();
    names.close();
  }
}
