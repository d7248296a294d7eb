package org.milena.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.Topics;
import org.milena.common.failure.FailPoint;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.Stage;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.icap.IcapEngine;
import org.milena.scanner.icap.IcapServer;
import org.milena.scanner.rspamd.RspamdEngine;
import org.milena.scanner.rspamd.RspamdServer;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.ScanListener;
import org.milena.scanner.scan.WatchedEngine;
import org.milena.testkit.kafka.SharedBroker;
import org.milena.testkit.process.JavaProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scanner dies at each moment of its work, and each of its engines does; then every mail is
 * there, once, and scanned by all of them.
 *
 * <p>S1 polled, S2 sent to the engine and no answer yet, S3 verdict there and nothing written, S4
 * written and not committed, S5 committed and nothing polled.
 */
@Timeout(240)
class ScannerKillIT {

  private static final Logger log = LoggerFactory.getLogger(ScannerKillIT.class);

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MAILS = 200;

  @TempDir private static Path folder;

  private static EmbeddedKafka broker;
  private static ClamdServer clamd;
  private static KafkaAccess kafka;
  private static TopicReader topics;
  private static final List<String> table = new ArrayList<>();

  @BeforeAll
  static void start() {
    broker = SharedBroker.fresh();
    clamd = ClamdServer.start();
    kafka = SharedBroker.kafkaAccess(broker.bootstrapServers(), "feeder");
    kafka.start();
    topics = new TopicReader(kafka);
  }

  @AfterAll
  static void stop() {
    kafka.close();
    clamd.close();
    broker.close();
    table.forEach(row -> log.info("{}", row));
  }

  @ParameterizedTest
  @ValueSource(strings = {"S1:90", "S2:90", "S3:90", "S4:3", "S5:3"})
  void theScannerDies(String point) {
    Ledger ledger = new Ledger(List.of());
    ledger.publish(kafka, MAILS);
    try (JavaProcess dying = process(Map.of("MILENA_FAILPOINT", "scanner." + point)).start()) {
      await().atMost(PATIENCE).until(() -> !dying.isAlive());
      assertThat(dying.stop()).as(dying.tail()).isEqualTo(FailPoint.EXIT_CODE);
    }
    int left = ledger.audit(topics).lost().size();
    assertThat(left).as("it died in the middle").isPositive();
    long restarted = System.nanoTime();
    try (JavaProcess again = process(Map.of()).start()) {
      settle(ledger, "scanner at " + point, restarted, left);
      again.kill();
    }
  }

  @Test
  void itsClamdDies() {
    itsEngineDies(clamd, "clamd", List.of());
  }

  @Test
  void itsIcapServerDies() {
    try (IcapServer icap = IcapServer.start();
        IcapEngine engine =
            new IcapEngine("icap", icap.address("avscan"), InstantSource.system())) {
      itsEngineDies(icap, engine.name(), List.of(engine));
    }
  }

  @Test
  void itsRspamdDies() {
    try (RspamdServer rspamd = RspamdServer.start(clamd);
        RspamdEngine engine =
            new RspamdEngine(rspamd.address(), "", ScannerProcess.QUICK.timeLimit())) {
      itsEngineDies(rspamd, engine.name(), List.of(engine));
    }
  }

  /**
   * @param others the engines beside clamd
   */
  private static void itsEngineDies(PeerProcess dying, String name, List<Engine> others) {
    Moment moment = new Moment(dying);
    List<String> voices = others.stream().map(Engine::name).toList();
    try (ScannerProcess _ = scannerWatchedBy(moment, name, others)) {
      for (String point : List.of("S1", "S2", "S3", "S4", "S5")) {
        Ledger ledger = new Ledger(voices);
        CountDownLatch dead = moment.atPass(90, point);
        ledger.publish(kafka, MAILS);
        await().atMost(PATIENCE).until(() -> dead.getCount() == 0);
        // the mails in the air have failed by then
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        int left = ledger.audit(topics).lost().size();
        assertThat(left).as("it died in the middle").isPositive();
        dying.startAgain();
        settle(ledger, name + " at " + point, System.nanoTime(), left);
      }
    }
  }

  private static void settle(Ledger ledger, String name, long from, int left) {
    await()
        .pollInterval(Duration.ofMillis(250))
        .atMost(PATIENCE)
        .until(() ->
            GroupState.lag(kafka.admin(), "scanner") == 0
                || topics.all(Topics.DEAD_LETTERS).size() > 0);
    double seconds = (System.nanoTime() - from) / 1e9;
    Ledger.Audit audit = ledger.audit(topics);
    table.add(
        String.format(
            Locale.ROOT,
            "%-18s | %d mails, %3d effects open at the kill | lost %d | twice %d | unscanned %d"
                + " | wrong %d | caught up after %.1f s",
            name,
            ledger.size(),
            left,
            audit.lost().size(),
            audit.twice().size(),
            audit.unscanned().size(),
            audit.wrong().size(),
            seconds));
    assertThat(audit).matches(Ledger.Audit::isClean, "nothing lost, twice, unscanned or wrong");
    assertThat(topics.all(Topics.DEAD_LETTERS)).isEmpty();
  }

  private static JavaProcess process(Map<String, String> environment) {
    return new JavaProcess(
        "scanner",
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ScannerProcess.class.getName(),
            broker.bootstrapServers(),
            "one",
            clamd.unix().text()),
        environment,
        folder.resolve("scanner.log"),
        null);
  }

  /** Kills an engine at a moment of the scanner's work. */
  private static final class Moment {

    private final PeerProcess dying;
    private String point = "";
    private int left;
    private CountDownLatch dead = new CountDownLatch(1);

    Moment(PeerProcess dying) {
      this.dying = dying;
    }

    synchronized CountDownLatch atPass(int pass, String where) {
      point = where;
      left = pass;
      dead = new CountDownLatch(1);
      return dead;
    }

    synchronized void pass(String where) {
      if (point.equals(where) && --left <= 0) {
        point = "";
        dying.kill();
        dead.countDown();
      }
    }

    /** While this scan and seven others wait for their answers. */
    synchronized void sending() {
      if (point.equals("S2") && --left == 0) {
        Thread.ofVirtual().start(() -> pass("S2"));
      }
    }

    /** What is polled next comes after the commit. */
    synchronized void written() {
      pass("S4");
      if (point.equals("S5") && --left == 0) {
        point = "next poll";
      }
    }

    void polled() {
      pass("S1");
      pass("next poll");
    }
  }

  private static ScannerProcess scannerWatchedBy(Moment moment, String name, List<Engine> others) {
    return new ScannerProcess(
        broker.bootstrapServers(),
        "one",
        new ScannerProcess.Fittings(
            ScannerProcess.QUICK,
            others,
            engine ->
                engine.name().equals(name) ? new WatchedEngine(engine, moment::sending) : engine,
            stage -> new WatchedStage(stage, moment),
            ScanListener.NONE,
            Duration.ZERO),
        clamd.unix());
  }

  /** A stage that tells where it is. */
  private record WatchedStage(Stage stage, Moment moment) implements Stage {

    @Override
    public String name() {
      return stage.name();
    }

    @Override
    public String topic() {
      return stage.topic();
    }

    @Override
    public void assigned() {
      stage.assigned();
    }

    @Override
    public Prepared prepare(InRecord record) {
      moment.polled();
      Prepared prepared = stage.prepare(record);
      return transaction -> {
        moment.pass("S3");
        prepared.write(transaction);
        moment.written();
      };
    }
  }
}
