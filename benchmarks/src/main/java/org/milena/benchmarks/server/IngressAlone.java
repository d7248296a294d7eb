package org.milena.benchmarks.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The SMTP edge and the broker, each a process of its own, and no other stage: what comes is made
 * durable and stays where it is. A list expander runs just long enough to make a list.
 */
public final class IngressAlone implements AutoCloseable {
  /** The list that is posted to. */
  public static final String LIST = "load@lists.example.org";

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final String PASSWORD = "correct horse battery staple";

  /** Three processes of this machine have room for it. */
  private static final int MEGABYTES = 384;

  private final Path home;
  private final Path folder;
  private final int smtpPort = Started.freePort();
  private final Broker broker;
  private final Started ingress;
  private final MilenaApi api;
  private final Beans brokerBeans;
  private final Beans ingressBeans;

  private IngressAlone(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
    this.broker = Broker.start(folder, MEGABYTES);
    makeList();
    int httpPort = Started.freePort();
    this.ingress = service("smtp-ingress", httpPort);
    this.api = new MilenaApi(httpPort);
    ingress.await("readiness", START_LIMIT, api::isReady);
    this.brokerBeans = broker.beans();
    this.ingressBeans = Beans.of(ingress);
  }

  /**
   * Starts them and waits until mail is taken.
   *
   * @param home of the project, which must be built
   * @param folder for all data, on the disk that is to be measured
   */
  public static IngressAlone start(Path home, Path folder) {
    return new IngressAlone(home, folder);
  }

  private void makeList() {
    int httpPort = Started.freePort();
    try (Started expander = service("listexpander-service", httpPort);
        MilenaApi lists = new MilenaApi(httpPort)) {
      expander.await("readiness", START_LIMIT, lists::isReady);
      lists.signIn(PASSWORD).createList(LIST, 1);
    }
  }

  private Started service(String module, int httpPort) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MILENA_HTTP_PORT", Integer.toString(httpPort));
    environment.put("MILENA_SMTP_PORT", Integer.toString(smtpPort));
    environment.put("MILENA_SUBMISSION_PORT", "-1");
    environment.put("MILENA_SUBMISSIONS_PORT", "-1");
    environment.put("MILENA_DOMAIN", LIST.substring(LIST.indexOf('@') + 1));
    environment.put("MILENA_KAFKA", broker.bootstrapServers());
    environment.put("MILENA_INSTANCE", "only");
    environment.put("MILENA_KEYS", folder.resolve("keys").toString());
    environment.put("MILENA_DATA", folder.resolve(module).toString());
    environment.put("MILENA_ADMIN_PASSWORD", PASSWORD);
    environment.put("MILENA_INGRESS_LIMITS_MESSAGES", "1000000");
    return Started.start(
        module,
        Jvm.command(MEGABYTES, "-jar", Jvm.jar(home, module).toString()),
        environment,
        folder.resolve(module + ".log"),
        false);
  }

  public int smtpPort() {
    return smtpPort;
  }

  /** Seconds of processor time of the SMTP edge. */
  public double edgeCpuSeconds() {
    return ingress.cpuSeconds();
  }

  /** Seconds of processor time of the broker. */
  public double brokerCpuSeconds() {
    return broker.cpuSeconds();
  }

  /** Where the time of all mails so far was spent. */
  public TimeSpent timeSpent() {
    return new TimeSpent(
        api.counted("milena_ingress_answer_seconds_count"),
        api.counted("milena_ingress_answer_seconds_sum") * 1000,
        brokerBeans.meter("kafka.log:type=LogFlushStats,name=LogFlushRateAndTimeMs"),
        produce("TotalTimeMs"),
        produce("LocalTimeMs"),
        produce("RequestQueueTimeMs"));
  }

  private Beans.Meter produce(String time) {
    return brokerBeans.meter("kafka.network:type=RequestMetrics,name=" + time + ",request=Produce");
  }

  /** What the producer says about its last half minute: milliseconds in its queue and under way. */
  public String producer() {
    String name = "kafka.producer:type=producer-metrics,client-id=only-publisher*";
    return String.format(
        java.util.Locale.ROOT,
        "%.1f ms in the producer's queue, %.1f ms from request to answer, %.1f records a request",
        ingressBeans.number(name, "record-queue-time-avg"),
        ingressBeans.number(name, "request-latency-avg"),
        ingressBeans.number(name, "records-per-request-avg"));
  }

  @Override
  public void close() {
    ingressBeans.close();
    brokerBeans.close();
    api.close();
    ingress.close();
    broker.close();
  }
}
