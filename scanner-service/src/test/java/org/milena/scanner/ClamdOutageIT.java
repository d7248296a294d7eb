package org.milena.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.milena.scanner.ReceivedMail.USERS;
import static org.milena.scanner.ReceivedMail.post;
import static org.milena.scanner.ReceivedMail.to;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.event.MailMeta;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.MailRecords;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.resilience.GuardSettings;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.ScanListener;
import org.milena.scanner.scan.WatchedEngine;
import org.milena.testkit.kafka.SharedBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only clamd goes away while mail comes in, and comes back. {@code -Dmilena.outage=180} makes
 * each outage last so many seconds; from a minute on the guards are those of production.
 */
@Timeout(1200)
class ClamdOutageIT {

  private static final Logger log = LoggerFactory.getLogger(ClamdOutageIT.class);

  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("milena.outage", 20));
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final int MAILS_A_SECOND = 20;

  /** A fifth of production's times, so that a short outage sees all of it. */
  private static final GuardSettings SHORT =
      new GuardSettings(
          10,
          Duration.ofSeconds(14),
          Duration.ofSeconds(7),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofSeconds(12));

  private static final GuardSettings GUARDS =
      OUTAGE.compareTo(Duration.ofMinutes(1)) < 0 ? SHORT : GuardSettings.DEFAULT;

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final ClamdServer clamd = ClamdServer.start();
  private final Queue<WatchedEngine> engines = new ConcurrentLinkedQueue<>();
  private final ScannerProcess scanner =
      new ScannerProcess(
          broker.bootstrapServers(),
          "one",
          new ScannerProcess.Fittings(
              GUARDS,
              List.of(),
              engine -> {
                WatchedEngine watched = new WatchedEngine(engine);
                engines.add(watched);
                return watched;
              },
              UnaryOperator.identity(),
              ScanListener.NONE,
              Duration.ZERO),
          clamd.tcp());
  private final TopicReader topics = new TopicReader(scanner.kafka);
  private final Queue<MailId> acknowledged = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();

  private record Seen(
      List<MailId> passed, int quarantined, int dead, Map<TopicPartition, Long> committed) {}

  @BeforeEach
  void underLoad() {
    var unused =
        load.scheduleAtFixedRate(this::publish, 0, 1000 / MAILS_A_SECOND, TimeUnit.MILLISECONDS);
    await().atMost(PATIENCE).until(() -> seen().passed().size() > 20);
  }

  @AfterEach
  void stop() {
    load.shutdownNow();
    scanner.close();
    clamd.close();
    broker.close();
  }

  @Test
  void killed() {
    outage("killed", clamd::kill, clamd::startAgain);
  }

  @Test
  void hanging() {
    outage("hanging", clamd::freeze, clamd::thaw);
  }

  private void outage(String kind, Runnable goes, Runnable comesBack) {
    var members = GroupState.membership(scanner.kafka.admin(), "scanner");
    long gone = System.nanoTime();
    goes.run();
    Seen before = settled();
    int probesBefore = engines.element().probes();
    await()
        .pollInterval(Duration.ofSeconds(2))
        .during(OUTAGE)
        .atMost(OUTAGE.plusSeconds(60))
        .untilAsserted(() -> assertThat(seen()).as("while it is away").isEqualTo(before));
    int probes = engines.element().probes() - probesBefore;
    assertThat(GroupState.membership(scanner.kafka.admin(), "scanner"))
        .as("nobody left the group, nothing was assigned anew")
        .isEqualTo(members);

    Set<MailId> waiting = new HashSet<>(acknowledged);
    before.passed().forEach(waiting::remove);
    comesBack.run();
    long back = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(PATIENCE)
        .until(() -> new HashSet<>(seen().passed()).containsAll(waiting));
    long drained = System.nanoTime();
    load.shutdown();
    await().atMost(PATIENCE).until(load::isTerminated);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(seen().passed()).containsExactlyInAnyOrderElementsOf(acknowledged));
    await().atMost(PATIENCE).until(() -> GroupState.lag(scanner.kafka.admin(), "scanner") == 0);
    Seen after = seen();
    assertThat(after.dead()).isZero();
    assertThat(after.quarantined()).isZero();
    assertThat(GroupState.membership(scanner.kafka.admin(), "scanner")).isEqualTo(members);
    double seconds = seconds(gone, back);
    log.info(
        "clamd {}: away {} s, {} mails waited, drained {} s after it was back"
            + " (under {} mails/s); {} probes while it was away ({} a minute), 0 rebalances",
        kind,
        Math.round(seconds),
        waiting.size(),
        String.format("%.1f", seconds(back, drained)),
        MAILS_A_SECOND,
        probes,
        String.format("%.1f", probes * 60 / seconds));
    // ten open the breaker, three each time it is half open
    assertThat(probes)
        .as("no storm of probes")
        .isLessThanOrEqualTo(10 + 3 * (int) (1 + seconds / GUARDS.firstOpen().toSeconds()));
  }

  /** What was in hand when it went away is written. */
  private Seen settled() {
    return await()
        .pollDelay(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(100))
        .atMost(PATIENCE)
        .until(this::seen, now -> now.equals(seen()));
  }

  private Seen seen() {
    List<MailId> passed =
        new ArrayList<>(
            topics.all(Topics.LISTS).stream()
                .map(record -> MailRecords.meta(record, MailMeta.class).mailId())
                .toList());
    topics
        .all(Topics.OUTGOING)
        .forEach(record -> passed.add(MailRecords.meta(record, OutgoingMeta.class).mailId()));
    return new Seen(
        passed,
        topics.all(Topics.QUARANTINE).size(),
        topics.all(Topics.DEAD_LETTERS).size(),
        GroupState.committed(scanner.kafka.admin(), "scanner"));
  }

  private void publish() {
    MailId id = ReceivedMail.nextId();
    RawMessage message = SampleMail.mail("\r\nhello " + id + "\r\n");
    var recipient =
        acknowledged.size() % 4 == 0 ? to("anna@example.org", new Route.Submission()) : post(USERS);
    scanner
        .kafka
        .publisher()
        .publish(ReceivedMail.record(ReceivedMail.meta(id, message, recipient), message))
        .join();
    acknowledged.add(id);
  }

  private static double seconds(long from, long until) {
    return (until - from) / 1e9;
  }
}
