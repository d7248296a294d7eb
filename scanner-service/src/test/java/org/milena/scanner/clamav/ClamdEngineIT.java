package org.milena.scanner.clamav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
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

/** The real clamd. */
@Timeout(300)
class ClamdEngineIT {

  private static ClamdServer server;

  @BeforeAll
  static void start() {
    server = ClamdServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Nested
  class OverTcp implements AntivirusContract {
    @Override
    public Engine engine() {
      return new ClamdEngine(server.tcp(), InstantSource.system());
    }
  }

  @Nested
  class OverUnixSocket implements AntivirusContract {
    @Override
    public Engine engine() {
      return new ClamdEngine(server.unix(), InstantSource.system());
    }
  }

  @Test
  void saysItsVersion() throws NotScannedException {
    Engine engine = new ClamdEngine(server.tcp(), InstantSource.system());
    assertThat(engine.scan(Specimen.probe(SampleMail.mail("\r\nhello\r\n"))))
        .isEqualTo(new EngineVerdict.Clean());
    assertThat(engine.version()).startsWith("ClamAV ");
    assertThat(engine.databaseTime()).as("a database that nobody numbered").isEmpty();
  }

  @Test
  void mailOverItsSizeLimitIsNotScanned() {
    try (ClamdServer small = ClamdServer.start("64K")) {
      for (ClamdAddress address : new ClamdAddress[] {small.tcp(), small.unix()}) {
        Engine engine = new ClamdEngine(address, InstantSource.system());
        RawMessage large = SampleMail.mail("\r\n" + "x".repeat(20 << 20));
        assertThatThrownBy(() -> engine.scan(Specimen.probe(large)))
            .isInstanceOf(NotScannedException.class)
            .hasMessageContaining("INSTREAM size limit exceeded");
        assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
      }
    }
  }

  @Test
  void oneThatHangsIsNotScanned() throws NotScannedException {
    Engine engine = new ClamdEngine(server.tcp(), Duration.ofSeconds(1), InstantSource.system());
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
    assertThat(engine.scan(Specimen.probe(SampleMail.mail("\r\nhello\r\n"))))
        .isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void oneWithoutTheSignatureOfTheTestVirusIsOut() {
    try (ClamdServer blind = ClamdServer.blind("")) {
      assertThat(new ClamdEngine(blind.tcp(), InstantSource.system()).probe())
          .isInstanceOfSatisfying(
              EngineState.Out.class,
              out -> assertThat(out.reason()).contains("does not find the test virus"));
    }
  }

  @Test
  void oneThatDoesNotLookIntoMailIsOut() {
    try (ClamdServer blind = ClamdServer.blind("ScanMail no")) {
      assertThat(new ClamdEngine(blind.unix(), InstantSource.system()).probe())
          .isInstanceOfSatisfying(
              EngineState.Out.class,
              out -> assertThat(out.reason()).contains("does not find the test virus"));
    }
  }

  @Test
  void encryptedArchivesAreAMatterOfPolicy() throws NotScannedException {
    Engine engine = new ClamdEngine(server.tcp(), InstantSource.system());
    assertThat(engine.scan(Specimen.probe(AvCorpus.message("zip-encrypted.eml"))))
        .isInstanceOf(EngineVerdict.Policy.class);
  }

  @Test
  void findsWhatTheCorpusCallsInfected() throws NotScannedException {
    EngineTrial.findsWhatTheCorpusCallsInfected(
        new ClamdEngine(server.unix(), InstantSource.system()));
  }

  @Test
  void hasAVerdictOnEveryTortureMessage() throws NotScannedException {
    Engine engine = new ClamdEngine(server.unix(), InstantSource.system());
    for (var mail : Corpus.torture()) {
      assertThat(engine.scan(Specimen.probe(mail.message()))).as(mail.name()).isNotNull();
    }
  }

  @Test
  void nobodyThereIsOut() {
    Engine nobody = new ClamdEngine(ClamdAddress.of("tcp:127.0.0.1:1"), InstantSource.system());
    assertThat(nobody.probe()).isInstanceOf(EngineState.Out.class);
    assertThatThrownBy(() -> nobody.scan(Specimen.probe(SampleMail.mail("\r\nhello\r\n"))))
        .as("which is not the mail's fault")
        .isInstanceOf(OutageException.class);
    Engine noSocket = new ClamdEngine(ClamdAddress.of("unix:/nowhere"), InstantSource.system());
    assertThat(noSocket.probe()).isInstanceOf(EngineState.Out.class);
    Engine noName =
        new ClamdEngine(ClamdAddress.of("tcp:no-such-host.invalid:3310"), InstantSource.system());
    assertThat(noName.probe()).isInstanceOf(EngineState.Out.class);
  }
}
