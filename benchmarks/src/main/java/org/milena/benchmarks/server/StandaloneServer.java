package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  private final Started process;
  private final int smtpPort = Started.freePort();
  private final EmptyDns names = EmptyDns.start();
  private final MilenaApi api;

  private StandaloneServer(Path home, Path folder, int smarthostPort, String clamd) {
    int httpPort = Started.freePort();
    Path data = folder.resolve("data");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MILENA_DATA", data.toString());
    environment.put("MILENA_HTTP_PORT", Integer.toString(httpPort));
    environment.put("MILENA_SMTP_PORT", Integer.toString(smtpPort));
    environment.put("MILENA_SUBMISSION_PORT", "-1");
    environment.put("MILENA_SUBMISSIONS_PORT", "-1");
    environment.put("MILENA_DOMAIN", DOMAIN);
    environment.put("MILENA_EGRESS", "smarthost:127.0.0.1:" + smarthostPort);
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
    return new StandaloneServer(home, folder, smarthostPort, "");
  }

  /** Likewise, with a clamd that scans for it. */
  public static StandaloneServer start(
      Path home, Path folder, int smarthostPort, ClamdDaemon clamd) {
    return new StandaloneServer(home, folder, smarthostPort, "unix:" + clamd.socket());
  }

  public int smtpPort() {
    return smtpPort;
  }

  public MilenaApi api() {
    return api;
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
