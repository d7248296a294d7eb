package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.milena.common.failure.OutageException;

class BesideTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void isDoneWhileItsMakerDoesSomethingElse() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Beside<String> beside =
        Beside.begin(
            "counting",
            () -> {
              begun.countDown();
              return waitFor(goOn) ? "seven" : "nothing";
            });
    assertThat(begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    goOn.countDown();
    assertThat(beside.await()).isEqualTo("seven");
    assertThat(beside.await()).as("again").isEqualTo("seven");
  }

  @Test
  void throwsWhatTheRequestThrows() {
    OutageException outage = new OutageException("away");
    Beside<String> beside =
        Beside.begin(
            "counting",
            () -> {
              throw outage;
            });
    assertThatThrownBy(beside::await).isSameAs(outage);
    beside.awaitEnd();
  }

  @Test
  void throwsWhatTheMachineThrows() {
    StackOverflowError error = new StackOverflowError();
    Beside<String> beside =
        Beside.begin(
            "counting",
            () -> {
              throw error;
            });
    assertThatThrownBy(beside::await).isSameAs(error);
  }

  @Test
  void whoIsInterruptedBreaksItOff() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean brokenOff = new AtomicBoolean();
    Beside<String> beside =
        Beside.begin(
            "counting",
            () -> {
              begun.countDown();
              brokenOff.set(!waitFor(new CountDownLatch(1)));
              ended.countDown();
              return "";
            });
    assertThat(begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Thread.currentThread().interrupt();
    assertThatThrownBy(beside::await)
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("counting");
    assertThat(Thread.interrupted()).as("still told to stop").isTrue();
    assertThat(ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(brokenOff).isTrue();
  }

  /**
   * @return false when the wait was broken off, or took too long
   */
  private static boolean waitFor(CountDownLatch latch) {
    try {
      return latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
