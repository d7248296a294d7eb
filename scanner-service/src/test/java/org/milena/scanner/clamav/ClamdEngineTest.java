package org.milena.scanner.clamav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.failure.OutageException;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.Specimen;

/** What the engine asks, and what it makes of a clamd that is not as it should be. */
@Timeout(30)
class ClamdEngineTest {

  private static final Specimen MAIL = Specimen.probe(SampleMail.mail("\r\nhello\r\n"));

  private final FakeClamd clamd = new FakeClamd();
  private Instant now = Instant.parse("2026-11-28T10:00:00Z");
  private final ClamdEngine engine =
      new ClamdEngine(clamd.address(), Duration.ofSeconds(2), () -> now);

  @AfterEach
  void stop() {
    clamd.close();
  }

  @Test
  void aProbeIsAPingACleanMailAndOnceTheTestVirus() {
    assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
    assertThat(clamd.asked()).containsExactly("PING", "INSTREAM", "VERSION", "INSTREAM virus");
    assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
    assertThat(clamd.asked()).containsExactly("PING", "INSTREAM", "VERSION");
  }

  @Test
  void oneThatDoesNotFindTheTestVirusIsOut() throws NotScannedException {
    clamd.saysToTestVirus("stream: OK\0");
    assertThat(engine.probe())
        .isInstanceOfSatisfying(
            EngineState.Out.class,
            out -> assertThat(out.reason()).contains("does not find the test virus"));
    assertThatThrownBy(() -> engine.scan(MAIL))
        .as("and says nothing about mail")
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("does not find the test virus");
    clamd.saysToTestVirus("stream: Eicar-Signature FOUND\0");
    assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void afterAConnectionFailedItMustFindTheTestVirusAgain() throws NotScannedException {
    assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
    assertThat(clamd.asked()).containsExactly("VERSION", "INSTREAM virus", "INSTREAM");
    assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
    assertThat(clamd.asked()).containsExactly("INSTREAM");
    clamd.saysToCleanMail("stream: O");
    assertThatThrownBy(() -> engine.scan(MAIL)).isInstanceOf(NotScannedException.class);
    clamd.saysToCleanMail("stream: OK\0");
    clamd.asked();
    assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
    assertThat(clamd.asked()).containsExactly("INSTREAM virus", "INSTREAM");
  }

  @Test
  void whereNobodyAnswersAnyMoreNobodyWasAsked() throws NotScannedException {
    assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
    clamd.close();
    assertThatThrownBy(() -> engine.scan(MAIL)).isInstanceOf(OutageException.class);
  }

  @Test
  void anotherDatabaseIsNoticedWithinAMinuteAndAtAProbe() throws NotScannedException {
    assertThat(engine.databaseTime()).isEmpty();
    assertThat(engine.version()).isEqualTo("ClamAV 1.4.6/27830/Sat Nov 28 09:10:00 2026");
    assertThat(engine.databaseTime()).contains(Instant.parse("2026-11-28T09:10:00Z"));
    assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());

    clamd.hasVersion("ClamAV 1.4.6/27831/Sun Nov 29 09:10:00 2026\0");
    now = now.plusSeconds(59);
    assertThat(engine.version()).contains("/27830/");
    now = now.plusSeconds(1);
    clamd.asked();
    assertThat(engine.version()).contains("/27831/");
    assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
    assertThat(clamd.asked())
        .as("it shows again that it finds the test virus")
        .containsExactly("VERSION", "INSTREAM virus", "INSTREAM");

    clamd.hasVersion("ClamAV 1.4.6/27832/Mon Nov 30 09:10:00 2026\0");
    assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
    assertThat(engine.version()).contains("/27832/");
  }

  @Test
  void oneThatKeepsItsVersionToItselfScansAllTheSame() throws NotScannedException {
    clamd.hasVersion("COMMAND UNAVAILABLE\0");
    assertThat(engine.probe()).isEqualTo(new EngineState.Ready());
    assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
    assertThat(engine.version()).isEmpty();
    assertThat(engine.databaseTime()).isEmpty();
  }

  @Test
  void oneThatAnswersPingByAnythingElseIsOut() {
    for (String pong : new String[] {"", "PONG", "pong\0", "PONG\n\0", "UNKNOWN COMMAND\0"}) {
      clamd.pongs(pong);
      assertThat(engine.probe()).as(pong).isInstanceOf(EngineState.Out.class);
    }
  }

  @Test
  void oneThatCallsACleanMailInfectedIsOut() {
    clamd.saysToCleanMail("stream: Everything FOUND\0");
    assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
  }

  @Test
  void noRandomReplyIsAVerdict() throws NotScannedException {
    assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      String reply = Mutation.of("stream: OK\0", random);
      if (!reply.startsWith("stream: OK\0") && !reply.matches("(?s)stream: [^\0\n\r]+ FOUND\0.*")) {
        clamd.saysToCleanMail(reply);
        assertThatThrownBy(() -> engine.scan(MAIL))
            .as("%s", reply)
            .isInstanceOf(NotScannedException.class);
      }
    }
  }

  /** Changes that a reply may suffer. */
  private static final class Mutation {
    static String of(String text, Random random) {
      var changed = new StringBuilder(text);
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = random.nextInt(changed.length() + 1);
        switch (random.nextInt(3)) {
          case 0 -> changed.insert(at, (char) random.nextInt(256));
          case 1 -> changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(3)));
          default -> changed.insert(at, changed.substring(0, at));
        }
      }
      return changed.toString();
    }
  }
}
