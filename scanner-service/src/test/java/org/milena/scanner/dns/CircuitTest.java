package org.milena.scanner.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock may wrap
  private final AtomicInteger probes = new AtomicInteger();
  private boolean alive;
  private final Circuit circuit =
      new Circuit(
          3,
          Duration.ofSeconds(10),
          nanos::get,
          () -> {
            probes.incrementAndGet();
            return alive;
          });

  private void silences(int times) {
    for (int i = 0; i < times; i++) {
      circuit.silent();
    }
  }

  private void pass(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void opensAfterSilencesInARowAndAFailedProbe() {
    silences(2);
    assertThat(circuit.mayAsk()).isTrue();
    silences(1);
    assertThat(circuit.mayAsk()).isFalse();
    assertThat(probes).hasValue(1);
  }

  @Test
  void startsToCountAgainWhenAnyServerAnswers() {
    silences(2);
    circuit.answered();
    silences(2);
    assertThat(circuit.mayAsk()).isTrue();
    assertThat(probes).hasValue(0);
  }

  @Test
  void staysClosedWhenTheProbeIsAnswered() {
    alive = true;
    silences(30);
    assertThat(circuit.mayAsk()).isTrue();
    assertThat(probes).hasValue(10);
  }

  @Test
  void probesOnceAfterThePauseAndCloses() {
    silences(3);
    pass(9);
    assertThat(circuit.mayAsk()).isFalse();
    pass(1);
    alive = true;
    assertThat(circuit.mayAsk()).isTrue();
    assertThat(circuit.mayAsk()).isTrue();
    assertThat(probes).hasValue(2);
  }

  @Test
  void pausesAgainWhenTheProbeFails() {
    silences(3);
    pass(10);
    assertThat(circuit.mayAsk()).isFalse();
    pass(5);
    assertThat(circuit.mayAsk()).isFalse();
    assertThat(probes).hasValue(2);
    pass(5);
    alive = true;
    assertThat(circuit.mayAsk()).isTrue();
  }

  @Test
  void closesWhenALateAnswerComes() {
    silences(3);
    circuit.answered();
    assertThat(circuit.mayAsk()).isTrue();
  }
}
