package org.milena.scanner.rspamd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.SpamReport.Level;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineTrial;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.SpamFilterContract;
import org.milena.scanner.scan.Specimen;
import org.milena.testkit.corpus.Corpus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real rspamd, with the real clamd as its antivirus. */
@Timeout(600)
class RspamdEngineIT {

  private static final Logger log = LoggerFactory.getLogger(RspamdEngineIT.class);

  private static final Specimen HELLO = Specimen.probe(SampleMail.mail("\r\nhello\r\n"));

  private static ClamdServer clamd;
  private static RspamdServer server;

  @BeforeAll
  static void start() {
    clamd = ClamdServer.start();
    server = RspamdServer.start(clamd);
  }

  @AfterAll
  static void stop() {
    server.close();
    clamd.close();
  }

  private static RspamdEngine engine() {
    return new RspamdEngine(
        server.address(), "", RspamdServer.PATIENT.plusSeconds(10), RspamdServer.PATIENT);
  }

  @Nested
  class WithItsContract implements SpamFilterContract {
    private final Engine engine = RspamdEngineIT.engine();

    @Override
    public Engine engine() {
      return engine;
    }
  }

  @Test
  void saysItsVersion() throws NotScannedException {
    try (RspamdEngine engine = engine()) {
      assertThat(engine.version()).isEmpty();
      engine.scan(HELLO);
      assertThat(engine.version()).startsWith("rspamd/");
    }
  }

  @Test
  void ratesAMailWithBrokenHeadersAsSuspect() throws NotScannedException {
    try (RspamdEngine engine = engine()) {
      assertThat(engine.scan(Specimen.probe(RawMessage.wrap(SampleMail.bytes("hello\r\n")))))
          .isInstanceOfSatisfying(
              EngineVerdict.Rated.class,
              rated -> {
                assertThat(rated.spam().level()).isEqualTo(Level.SUSPECT);
                assertThat(rated.spam().action()).isEqualTo("add header");
                assertThat(rated.spam().required()).isEqualTo(15);
                assertThat(rated.spam().symbols()).contains("MISSING_FROM");
              });
    }
  }

  @Test
  void knowsTheEnvelope() throws NotScannedException {
    try (RspamdEngine engine = engine()) {
      RawMessage message =
          RawMessage.wrap(
              SampleMail.bytes(
                  "From: Max <max@example.net>\r\nTo: <users@lists.example.org>\r\n"
                      + "Subject: x\r\n\r\nhello\r\n"));
      Specimen mail =
          Specimen.of(
              ReceivedMail.meta(
                  ReceivedMail.nextId(), message, ReceivedMail.post(ReceivedMail.USERS)),
              message);
      assertThat(engine.scan(mail))
          .isInstanceOfSatisfying(
              EngineVerdict.Rated.class,
              rated -> assertThat(rated.spam().symbols()).contains("FROM_NEQ_ENVFROM"));
    }
  }

  @Test
  void takesAMailToThousands() throws NotScannedException {
    RoutedRecipient[] recipients =
        IntStream.range(0, 5000)
            .mapToObj(i ->
                ReceivedMail.to(
                    "a".repeat(50) + i + "@" + "b".repeat(60) + ".example", new Route.Submission()))
            .toArray(RoutedRecipient[]::new);
    RawMessage message = SampleMail.mail("\r\nhello\r\n");
    try (RspamdEngine engine = engine()) {
      assertThat(
              engine.scan(
                  Specimen.of(
                      ReceivedMail.meta(ReceivedMail.nextId(), message, recipients), message)))
          .isInstanceOf(EngineVerdict.Rated.class);
    }
  }

  @Test
  void findsWhatTheCorpusCallsInfected() throws NotScannedException {
    try (RspamdEngine engine = engine()) {
      EngineTrial.findsWhatTheCorpusCallsInfected(engine);
    }
  }

  @Test
  void hasAVerdictOnEveryTortureMessage() throws NotScannedException {
    Map<String, Integer> counts = new TreeMap<>();
    try (RspamdEngine engine = engine()) {
      for (var mail : Corpus.torture()) {
        EngineVerdict verdict = engine.scan(Specimen.probe(mail.message()));
        if (verdict.verdict() != Verdict.CLEAN) {
          log.info("{} {}", mail.name(), verdict);
        }
        counts.merge(
            verdict instanceof EngineVerdict.Rated(var spam)
                ? spam.level().toString()
                : verdict.verdict().toString(),
            1,
            Integer::sum);
      }
    }
    log.info("torture: {}", counts);
  }

  @Test
  void withoutItsAntivirusNothingIsScanned() throws NotScannedException {
    try (RspamdEngine engine = engine()) {
      clamd.kill();
      try {
        assertThatThrownBy(() -> engine.scan(HELLO))
            .isInstanceOf(NotScannedException.class)
            .hasMessageContaining("antivirus");
        assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
      } finally {
        clamd.startAgain();
      }
      assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
    }
  }

  /** Without the setting, rspamd answers as if the rules that were done by then were all. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCheckThatRanOutOfTimeIsNotScanned(boolean softReject) throws NotScannedException {
    Duration limit = Duration.ofSeconds(2);
    Specimen fresh = Specimen.probe(SampleMail.mail("\r\nhello " + softReject + "\r\n"));
    try (RspamdServer hasty = RspamdServer.start(clamd, limit, softReject);
        RspamdEngine engine = new RspamdEngine(hasty.address(), "", limit)) {
      clamd.freeze();
      try {
        assertThatThrownBy(() -> engine.scan(fresh))
            .isInstanceOf(NotScannedException.class)
            .hasMessageContaining(softReject ? "soft reject" : "ran out of time");
      } finally {
        clamd.thaw();
      }
      assertThat(engine.scan(fresh)).isInstanceOf(EngineVerdict.Rated.class);
    }
  }

  @Test
  void oneThatHangsIsNotScanned() {
    try (RspamdEngine engine =
        new RspamdEngine(server.address(), "", Duration.ofSeconds(1), RspamdEngine.TASK_TIMEOUT)) {
      server.freeze();
      try {
        assertThatThrownBy(
                () -> engine.scan(Specimen.probe(SampleMail.mail("\r\n" + "x".repeat(20 << 20)))))
            .isInstanceOf(NotScannedException.class)
            .hasMessageContaining("no answer within PT1S");
        assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
      } finally {
        server.thaw();
      }
      assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
    }
  }

  @Test
  void oneThatIsKilledWithinAScanIsOutUntilItIsBack() throws Exception {
    RawMessage large = SampleMail.mail("\r\n" + "x".repeat(20 << 20));
    try (RspamdEngine engine = engine();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.freeze();
      Callable<EngineVerdict> scan = () -> engine.scan(Specimen.probe(large));
      Future<EngineVerdict> verdict = threads.submit(scan);
      await().until(server::hasMailBefore);
      assertThat(verdict).isNotDone();
      server.kill();
      assertThatThrownBy(verdict::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(NotScannedException.class);
      assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
      server.startAgain();
      assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
      assertThat(engine.scan(HELLO)).isInstanceOf(EngineVerdict.Rated.class);
    }
  }

  @Test
  void scansManyMailsAtTheSameTime() throws Exception {
    try (RspamdEngine engine = engine()) {
      EngineTrial.scansManyMailsAtTheSameTime(engine, EngineVerdict.Rated.class);
    }
  }
}
