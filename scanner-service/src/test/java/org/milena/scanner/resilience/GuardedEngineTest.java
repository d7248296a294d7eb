package org.milena.scanner.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.milena.scanner.scan.ScriptedEngine.fails;
import static org.milena.scanner.scan.ScriptedEngine.says;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.MailLog;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.ScriptedEngine;
import org.milena.scanner.scan.ScriptedEngine.Step;
import org.milena.scanner.scan.Specimen;
import org.slf4j.MDC;

@Timeout(30)
class GuardedEngineTest {

  @Test
  void whatBreaksAnEngineOfThisProcessIsNoVerdictAndNoDefectOfTheStage() {
    for (Step broken :
        List.<Step>of(
            () -> {
              throw new IllegalStateException("a parser stumbled");
            },
            () -> {
              throw new StackOverflowError();
            })) {
      engine.then(broken);
      assertThatThrownBy(() -> guarded.scan(mail)).isInstanceOf(NotScannedException.class);
    }
  }

  @Test
  void aPoolSaysNoVersionWhereACopyOfItSaysNone() {
    ScriptedEngine other = new ScriptedEngine("scripted").hasVersion("2");
    EnginePool pool = new EnginePool(List.of(engine, other), Runnable::run);
    assertThat(pool.version()).isEqualTo("scripted 1, 2");
    other.hasVersion("");
    assertThat(pool.version()).isEmpty();
  }

  private static final GuardSettings QUICK =
      new GuardSettings(
          2,
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofMillis(400));
  private static final EngineState OUT = new EngineState.Out("away");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Specimen mail = Specimen.probe(SampleMail.mail("\r\nhello\r\n"));
  private final ScriptedEngine engine = new ScriptedEngine("scripted");
  private final GuardedEngine guarded = new GuardedEngine(engine, "one", QUICK, threads);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void passesVerdictsOn() throws NotScannedException {
    engine.then(says(new EngineVerdict.Infected("x")));
    assertThat(guarded.scan(mail)).isEqualTo(new EngineVerdict.Infected("x"));
    assertThat(guarded.scan(mail)).isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void whatTheEngineLogsIsAboutTheMailToo() throws NotScannedException {
    GuardSettings patient =
        new GuardSettings(
            2,
            QUICK.patience(),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            QUICK.firstOpen(),
            QUICK.longestOpen());
    AtomicReference<String> seen = new AtomicReference<>();
    engine.then(() -> {
      seen.set(MDC.get("mailId"));
      return new EngineVerdict.Clean();
    });
    try (var _ = MailLog.about(ReceivedMail.nextId())) {
      var unused = new GuardedEngine(engine, "patient", patient, threads).scan(mail);
      assertThat(seen).hasValue(MDC.get("mailId"));
    }
    assertThat(seen.get()).isNotNull();
  }

  @Test
  void aScanThatTakesTooLongGaveNoVerdictAndIsInterrupted() {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch never = new CountDownLatch(1);
    engine.then(() -> {
      try {
        never.await();
      } catch (InterruptedException e) {
        interrupted.set(true);
      }
      return new EngineVerdict.Clean();
    });
    assertThatThrownBy(() -> guarded.scan(mail))
        .isInstanceOf(NotScannedException.class)
        .hasMessageContaining("PT0.2S");
    await().untilTrue(interrupted);
  }

  @Test
  void aDefectOfAnEngineIsNoVerdict() {
    engine.then(() -> {
      throw new NotScannedException("it broke");
    });
    assertThatThrownBy(() -> guarded.scan(mail)).hasMessage("it broke");
  }

  @Test
  void slowScansOpenTheBreakerOfAServerAndNotOfChecksInThisProcess() {
    var server = new GuardedEngine(engine, "server", GuardSettings.DEFAULT, threads);
    var inside = new GuardedEngine(engine, "inside", GuardSettings.IN_PROCESS, threads);
    for (int i = 0; i < 20; i++) {
      server.breaker().onSuccess(11, TimeUnit.SECONDS);
      inside.breaker().onSuccess(11, TimeUnit.SECONDS);
    }
    assertThat(server.breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
    assertThat(inside.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void mailThatFailsDoesNotOpenTheBreaker() {
    for (int i = 0; i < 50; i++) {
      engine.then(fails());
      assertThatThrownBy(() -> guarded.scan(mail)).isInstanceOf(NotScannedException.class);
    }
    assertThat(guarded.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void probesThatFailOpenTheBreakerAndProbesThatPassCloseIt() throws NotScannedException {
    engine.whoseProbeSays(() -> OUT);
    for (int i = 0; i < 10; i++) {
      assertThat(guarded.probe()).isInstanceOf(EngineState.Out.class);
    }
    assertThat(guarded.breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
    int probes = engine.probes();
    assertThat(guarded.probe()).isInstanceOf(EngineState.Out.class);
    assertThat(engine.probes()).as("left alone").isEqualTo(probes);
    assertThatThrownBy(() -> guarded.scan(mail)).isInstanceOf(OutageException.class);
    assertThat(engine.scans()).isZero();

    engine.whoseProbeSays(EngineState.Ready::new);
    await().until(() -> guarded.probe() instanceof EngineState.Ready);
    assertThat(guarded.scan(mail)).isEqualTo(new EngineVerdict.Clean());
    assertThat(guarded.scan(mail)).isEqualTo(new EngineVerdict.Clean());
    assertThat(guarded.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void oneProbeClosesABreakerThatIsHalfOpen() throws NotScannedException {
    engine.whoseProbeSays(() -> OUT);
    for (int i = 0; i < 10; i++) {
      assertThat(guarded.probe()).isInstanceOf(EngineState.Out.class);
    }
    engine.whoseProbeSays(EngineState.Ready::new);
    await().until(() -> guarded.breaker().getState() == CircuitBreaker.State.HALF_OPEN);
    assertThat(guarded.probe()).isEqualTo(new EngineState.Ready());
    assertThat(guarded.breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    assertThat(guarded.scan(mail)).isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void anEngineThatFailedItsProbeGetsNoMailUntilItPassesOne() throws NotScannedException {
    engine.whoseProbeSays(() -> OUT);
    assertThat(guarded.probe()).isEqualTo(OUT);
    assertThatThrownBy(() -> guarded.scan(mail))
        .isInstanceOf(OutageException.class)
        .hasMessage("away");
    assertThat(engine.scans()).isZero();
    engine.whoseProbeSays(EngineState.Ready::new);
    // nobody probes it but the guard itself, beside the scans that it turns away
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptionsInstanceOf(OutageException.class)
        .until(() -> guarded.scan(mail).equals(new EngineVerdict.Clean()));
  }

  @Test
  void whoWaitsForAProbeSharesOneThatBeganLater() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    GuardedEngine patient =
        new GuardedEngine(
            engine,
            "patient",
            new GuardSettings(
                2,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)),
            threads);
    engine.whoseProbeSays(() -> {
      inside.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return OUT;
    });
    List<Future<EngineState>> answers = new ArrayList<>();
    answers.add(threads.submit(patient::probe));
    inside.await();
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      var answer = new FutureTask<>(patient::probe);
      answers.add(answer);
      waiting.add(Thread.ofVirtual().start(answer));
    }
    await().until(() -> waiting.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    go.countDown();
    for (Future<EngineState> answer : answers) {
      assertThat(answer.get()).isEqualTo(OUT);
    }
    assertThat(engine.probes()).isEqualTo(2);
  }

  @Test
  void saysWhatItsEngineSaysOfItself() {
    Instant old = Instant.parse("2026-11-27T00:00:00Z");
    Engine spam = new ScriptedEngine("spam").withRole(Engine.Role.SPAM).withDatabaseTime(old);
    GuardedEngine guard = new GuardedEngine(spam, "spam", QUICK, threads);
    assertThat(guard.role()).isEqualTo(Engine.Role.SPAM);
    assertThat(guard.databaseTime()).contains(old);
    ScriptedEngine newer =
        new ScriptedEngine("spam").withDatabaseTime(Instant.parse("2026-11-28T00:00:00Z"));
    EnginePool pool = new EnginePool(List.of(newer, guard, engine), Runnable::run);
    assertThat(pool.databaseTime()).contains(old);
    assertThat(new EnginePool(List.of(guard), Runnable::run).role()).isEqualTo(Engine.Role.SPAM);
    assertThat(new EnginePool(List.of(engine), Runnable::run).databaseTime()).isEmpty();
  }

  @Test
  void moreScansThanPlacesWaitAndThenSayOut() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(2);
    GuardedEngine patient =
        new GuardedEngine(
            engine,
            "two",
            new GuardSettings(
                2,
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)),
            threads);
    ScriptedEngine.Step wait =
        () -> {
          inside.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new NotScannedException("interrupted", e);
          }
          return new EngineVerdict.Clean();
        };
    engine.then(wait, wait);
    Future<EngineVerdict> one = threads.submit(() -> patient.scan(mail));
    Future<EngineVerdict> two = threads.submit(() -> patient.scan(mail));
    inside.await();
    assertThatThrownBy(() -> patient.scan(mail))
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("all 2 places");
    go.countDown();
    assertThat(one.get()).isEqualTo(new EngineVerdict.Clean());
    assertThat(two.get()).isEqualTo(new EngineVerdict.Clean());
  }

  @Test
  void aPoolTriesAnotherInstance() throws NotScannedException {
    ScriptedEngine other = new ScriptedEngine("scripted");
    EnginePool pool = new EnginePool(List.of(engine, other), Runnable::run);
    engine.then(fails(), fails(), fails());
    for (int i = 0; i < 6; i++) {
      assertThat(pool.scan(mail)).isEqualTo(new EngineVerdict.Clean());
    }
    assertThat(other.scans()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aPoolDoesNotWaitForAProbeThatHangs() {
    ScriptedEngine other = new ScriptedEngine("scripted");
    EnginePool pool = new EnginePool(List.of(engine, other), threads);
    CountDownLatch never = new CountDownLatch(1);
    engine.whoseProbeSays(() -> {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return OUT;
    });
    assertThat(pool.probe()).isEqualTo(new EngineState.Ready());
    engine.then(fails(), fails());
    for (int i = 0; i < 4; i++) {
      assertThatNoException().isThrownBy(() -> pool.scan(mail));
    }
  }

  @Test
  void aPoolIsOutWhenAllAre() {
    ScriptedEngine other = new ScriptedEngine("scripted");
    EnginePool pool = new EnginePool(List.of(engine, other), Runnable::run);
    engine.whoseProbeSays(() -> OUT);
    assertThat(pool.probe()).isEqualTo(new EngineState.Ready());
    other.whoseProbeSays(() -> OUT);
    assertThat(pool.probe()).isEqualTo(new EngineState.Out("away; away"));
  }
}
