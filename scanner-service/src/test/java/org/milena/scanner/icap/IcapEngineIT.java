package org.milena.scanner.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.AvCorpus;
import org.milena.scanner.scan.AntivirusContract;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineTrial;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.Specimen;
import org.milena.testkit.corpus.Corpus;

/** The real c-icap with virus_scan and the real clamd behind it. */
@Timeout(300)
class IcapEngineIT {

  private static IcapServer server;

  @BeforeAll
  static void start() {
    server = IcapServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static IcapEngine engine(String service) {
    return new IcapEngine("icap", server.address(service), InstantSource.system());
  }

  @Nested
  class ThatMaySay204 implements AntivirusContract {
    private final Engine engine = IcapEngineIT.engine("avscan");

    @Override
    public Engine engine() {
      return engine;
    }
  }

  /** Gives every clean mail back. */
  @Nested
  class ThatGivesBodiesBack implements AntivirusContract {
    private final Engine engine = IcapEngineIT.engine("no204");

    @Override
    public Engine engine() {
      return engine;
    }
  }

  @Test
  void saysItsVersion() throws NotScannedException {
    try (IcapEngine engine = engine("avscan")) {
      assertThat(engine.version()).startsWith("C-ICAP/").contains("Antivirus service CI0001-");
      assertThat(engine.scan(Specimen.probe(SampleMail.mail("\r\nhello\r\n"))))
          .isEqualTo(new EngineVerdict.Clean());
      assertThat(engine.version()).startsWith("C-ICAP/").contains("Antivirus service CI0001-");
    }
  }

  @Test
  void encryptedArchivesAreAMatterOfPolicy() throws NotScannedException {
    try (IcapEngine engine = engine("avscan")) {
      assertThat(engine.scan(Specimen.probe(AvCorpus.message("zip-encrypted.eml"))))
          .isInstanceOf(EngineVerdict.Policy.class);
    }
  }

  @Test
  void findsWhatTheCorpusCallsInfected() throws NotScannedException {
    try (IcapEngine engine = engine("avscan")) {
      EngineTrial.findsWhatTheCorpusCallsInfected(engine);
    }
  }

  @Test
  void hasAVerdictOnEveryTortureMessage() throws NotScannedException {
    try (IcapEngine engine = engine("avscan")) {
      for (var mail : Corpus.torture()) {
        assertThat(engine.scan(Specimen.probe(mail.message()))).as(mail.name()).isNotNull();
      }
    }
  }

  /** It says 204 after the preview to what is over its size limit, though nobody looked at it. */
  @Test
  void aMailThatTheServicePassesOverForItsSizeIsNeverClean() throws NotScannedException {
    RawMessage large =
        SampleMail.mail("\r\n" + "lorem ipsum\r\n".repeat(20_000) + SampleMail.EICAR + "\r\n");
    try (IcapEngine small = engine("small");
        IcapEngine any = engine("avscan")) {
      assertThat(small.scan(Specimen.probe(large))).isInstanceOf(EngineVerdict.Unscannable.class);
      assertThat(any.scan(Specimen.probe(large))).isNotInstanceOf(EngineVerdict.Unscannable.class);
    }
  }

  /** A service that finds nothing because it looks for nothing. */
  @Test
  void oneThatDoesNotFindTheTestVirusIsOut() {
    try (IcapEngine echo = engine("echo")) {
      assertThat(echo.probe())
          .isInstanceOfSatisfying(
              EngineState.Out.class, out -> assertThat(out.reason()).contains("test virus"));
    }
  }

  @Test
  void noSuchServiceIsAnOutage() {
    try (IcapEngine none = engine("nosuch")) {
      assertThat(none.probe()).isInstanceOf(EngineState.Out.class);
      assertThatThrownBy(() -> none.scan(Specimen.probe(SampleMail.mail("\r\nhello\r\n"))))
          .isInstanceOf(OutageException.class)
          .hasMessageContaining("404");
    }
  }

  @Test
  void withoutItsClamdNothingIsScanned() throws NotScannedException {
    try (IcapEngine engine = engine("avscan")) {
      assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
      server.clamd().kill();
      try {
        assertThatThrownBy(() -> engine.scan(Specimen.probe(SampleMail.mail("\r\nhello\r\n"))))
            .isInstanceOf(NotScannedException.class)
            .hasMessageContaining("500");
        assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
      } finally {
        server.clamd().startAgain();
      }
      assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
    }
  }

  @Test
  void oneThatHangsIsNotScanned() throws NotScannedException {
    Engine engine =
        new IcapEngine(
            "icap", server.address("avscan"), Duration.ofSeconds(1), InstantSource.system());
    assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
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

  @Test
  void oneThatIsKilledWithinAScanIsOutUntilItIsBack() throws Exception {
    RawMessage large = SampleMail.mail("\r\n" + "x".repeat(20 << 20));
    try (IcapEngine engine = engine("avscan");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
      server.freeze();
      Callable<EngineVerdict> scan = () -> engine.scan(Specimen.probe(large));
      Future<EngineVerdict> verdict = threads.submit(scan);
      await().until(server::hasRequestBefore);
      assertThat(verdict).isNotDone();
      server.kill();
      assertThatThrownBy(verdict::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(NotScannedException.class);
      assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
      server.startAgain();
      assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
      assertThat(engine.scan(Specimen.probe(large))).isEqualTo(new EngineVerdict.Clean());
    }
  }

  @Test
  void scansManyMailsAtTheSameTime() throws Exception {
    try (IcapEngine engine = engine("avscan")) {
      EngineTrial.scansManyMailsAtTheSameTime(engine, EngineVerdict.Clean.class);
    }
  }

  @Test
  void nobodyThereIsAnOutage() {
    for (String nobody :
        new String[] {"icap://127.0.0.1:1/avscan", "icap://no-such-host.invalid/avscan"}) {
      IcapEngine engine = new IcapEngine("icap", IcapAddress.of(nobody), InstantSource.system());
      assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
      assertThatThrownBy(() -> engine.scan(Specimen.probe(SampleMail.mail("\r\nhello\r\n"))))
          .isInstanceOf(OutageException.class);
    }
  }
}
