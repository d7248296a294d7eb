package org.milena.scanner.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.milena.scanner.dns.Circuit.Sign;

class CircuitTest {
  private final LaterByHand later = new LaterByHand();
  private final AtomicInteger probes = new AtomicInteger();
  private Sign sign = Sign.SILENCE;
  private Runnable meanwhile = () -> {};
  private final Circuit circuit =
      new Circuit(
          3,
          Duration.ofSeconds(10),
          later,
          () -> {
            probes.incrementAndGet();
            meanwhile.run();
            return sign;
          });

  private void silences(int times) {
    for (int i = 0; i < times; i++) {
      circuit.silent();
    }
  }

  private void pass(int seconds) {
    later.pass(Duration.ofSeconds(seconds));
  }

  private void open() {
    silences(3);
    later.runDue();
    assertThat(circuit.mayAsk()).isFalse();
  }

  @Test
  void opensAfterSilencesInARowAndAFailedProbe() {
    silences(2);
    later.runDue();
    assertThat(probes).hasValue(0);
    silences(1);
    later.runDue();
    assertThat(circuit.mayAsk()).isFalse();
    assertThat(probes).hasValue(1);
  }

  @Test
  void letsNobodyWaitForAProbe() {
    silences(5);
    assertThat(later.waiting()).as("one probe, on another thread").isEqualTo(1);
    assertThat(circuit.mayAsk()).as("not open before the probe failed").isTrue();
    assertThat(probes).hasValue(0);
    later.runDue();
    assertThat(circuit.mayAsk()).isFalse();
    meanwhile = () -> assertThat(circuit.mayAsk()).as("at once, during the next").isFalse();
    pass(10);
    assertThat(probes).hasValue(2);
  }

  @Test
  void startsToCountAgainWhenAnyServerAnswers() {
    silences(2);
    circuit.answered();
    silences(2);
    later.runDue();
    assertThat(circuit.mayAsk()).isTrue();
    assertThat(probes).hasValue(0);
  }

  @Test
  void staysClosedWhenTheProbeIsAnswered() {
    sign = Sign.LIFE;
    for (int i = 0; i < 10; i++) {
      silences(3);
      later.runDue();
    }
    assertThat(circuit.mayAsk()).isTrue();
    assertThat(probes).hasValue(10);
  }

  @Test
  void probesAfterThePauseByItselfAndCloses() {
    open();
    pass(9);
    assertThat(probes).hasValue(1);
    sign = Sign.LIFE;
    pass(1);
    assertThat(probes).hasValue(2);
    assertThat(circuit.mayAsk()).isTrue();
    assertThat(later.waiting()).isZero();
  }

  @Test
  void pausesAgainWhenTheProbeFails() {
    open();
    pass(10);
    assertThat(circuit.mayAsk()).isFalse();
    pass(5);
    assertThat(probes).hasValue(2);
    assertThat(circuit.mayAsk()).isFalse();
    sign = Sign.LIFE;
    pass(5);
    assertThat(circuit.mayAsk()).isTrue();
  }

  @Test
  void closesWhenALateAnswerComes() {
    open();
    circuit.answered();
    assertThat(circuit.mayAsk()).isTrue();
    pass(10);
    assertThat(probes).as("the probe that was planned is not needed").hasValue(1);
    assertThat(circuit.mayAsk()).isTrue();
  }

  @Test
  void staysClosedWhenAnAnswerComesWhileTheProbeRuns() {
    meanwhile = circuit::answered;
    silences(3);
    later.runDue();
    assertThat(probes).hasValue(1);
    assertThat(circuit.mayAsk()).isTrue();
  }

  @Test
  void probesAtOnceWhenSilenceFollowsALateAnswer() {
    open();
    circuit.answered();
    open();
    assertThat(probes).hasValue(2);
    pass(10);
    assertThat(probes).as("one each pause").hasValue(3);
    assertThat(later.waiting()).isEqualTo(1);
  }

  @Test
  void learnsNothingFromAProbeThatBreaks() {
    meanwhile =
        () -> {
          throw new IllegalStateException("broken");
        };
    silences(3);
    later.runDue();
    assertThat(circuit.mayAsk()).isTrue();
    meanwhile = () -> {};
    silences(1);
    later.runDue();
    assertThat(circuit.mayAsk()).isFalse();

    sign = Sign.NONE;
    pass(10);
    assertThat(circuit.mayAsk()).as("neither does it close").isFalse();
    sign = Sign.LIFE;
    pass(10);
    assertThat(circuit.mayAsk()).isTrue();
  }

  @Test
  void goesOnWithoutProbesWhenItIsStopped() {
    later.stop();
    silences(30);
    assertThat(circuit.mayAsk()).isTrue();
    assertThat(later.waiting()).isZero();
  }
}
