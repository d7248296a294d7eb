package org.milena.scanner.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.icap.IcapSamples.LIMIT;
import static org.milena.scanner.icap.IcapSamples.MAIL;
import static org.milena.scanner.icap.IcapSamples.NO_PREVIEW_204;
import static org.milena.scanner.icap.IcapSamples.UNMODIFIED;
import static org.milena.scanner.icap.IcapSamples.engine;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.milena.common.failure.OutageException;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;

/** Connections, options and outages of a service. */
class IcapConnectionTest {
  @Test
  void anotherTagIsAnotherVersionAndAsksForTheOptionsAgain() throws NotScannedException {
    AtomicReference<String> tag = new AtomicReference<>("one");
    AtomicInteger asked = new AtomicInteger();
    try (FakeIcap server =
            new FakeIcap(peer -> {
              while (true) {
                boolean options = peer.request().head().startsWith("OPTIONS ");
                if (options) {
                  asked.incrementAndGet();
                }
                peer.say(
                    (options
                            ? "ICAP/1.0 200 OK\r\n"
                                + "Methods: RESPMOD\r\n"
                                + "Allow: 204\r\n"
                                + "Service: X 1\r\n"
                            : "ICAP/1.0 204 OK\r\n")
                        + "ISTag: \""
                        + tag.get()
                        + "\"\r\n\r\n");
              }
            });
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      engine.scan(MAIL);
      assertThat(engine.version()).isEqualTo("X 1 one");
      assertThat(asked).hasValue(1);
      tag.set("two");
      engine.scan(MAIL);
      assertThat(engine.version()).isEqualTo("X 1 two");
      engine.scan(MAIL);
      assertThat(asked).hasValue(2);
      assertThat(server.taken()).isEqualTo(1);
    }
  }

  @Test
  void optionsAreAskedAgainWhenTheyAreOld() throws NotScannedException {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    AtomicInteger asked = new AtomicInteger();
    try (FakeIcap server =
            new FakeIcap(peer -> {
              while (true) {
                boolean options = peer.request().head().startsWith("OPTIONS ");
                asked.addAndGet(options ? 1 : 0);
                peer.say(
                    options
                        ? "ICAP/1.0 200 OK\r\nOptions-TTL: 60\r\n" + NO_PREVIEW_204 + "\r\n"
                        : UNMODIFIED);
              }
            });
        IcapEngine engine = new IcapEngine("icap", server.address(), LIMIT, now::get)) {
      engine.scan(MAIL);
      now.set(Instant.EPOCH.plusSeconds(59));
      engine.scan(MAIL);
      assertThat(asked).hasValue(1);
      now.set(Instant.EPOCH.plusSeconds(60));
      engine.scan(MAIL);
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void goesOnWithAnotherConnectionWhereAKeptOneWasClosed() throws NotScannedException {
    try (FakeIcap server = FakeIcap.serving(NO_PREVIEW_204, (peer, _) -> peer.say(UNMODIFIED));
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      engine.scan(MAIL);
      assertThat(server.taken()).isEqualTo(1);
      server.hangUp();
      assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
      assertThat(server.taken()).isEqualTo(2);
    }
  }

  @Test
  void whereNobodyAnswersAnyMoreNobodyWasAsked() throws NotScannedException {
    FakeIcap server = FakeIcap.serving(NO_PREVIEW_204, (peer, _) -> peer.say(UNMODIFIED));
    try (server;
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      server.close();
      assertThatThrownBy(() -> engine.scan(MAIL))
          .isInstanceOf(OutageException.class)
          .hasMessageStartingWith(server.address().text());
      assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
      assertThat(engine.version()).isEqualTo("a");
    }
  }

  @Test
  void nobodyThereIsAnOutage() {
    for (String nobody : List.of("icap://127.0.0.1:1/avscan", "icap://no-such-host.invalid/a")) {
      try (IcapEngine engine =
          new IcapEngine("icap", IcapAddress.of(nobody), InstantSource.system())) {
        assertThatThrownBy(() -> engine.scan(MAIL)).isInstanceOf(OutageException.class);
        assertThat(engine.probe()).isInstanceOf(EngineState.Out.class);
        assertThat(engine.version()).isEmpty();
      }
    }
  }

  /** Before whoever waits for the verdict gives up, and takes the mail to be the reason. */
  @Test
  void oneThatDoesNotSayWhatItIsIsOutSoon() {
    try (FakeIcap server =
            new FakeIcap(peer -> {
              peer.request();
              peer.request();
            });
        IcapEngine engine = engine(server)) {
      assertThatThrownBy(() -> engine.scan(MAIL))
          .isInstanceOf(OutageException.class)
          .hasMessageContaining("no answer within PT5S");
    }
  }

  /** It may be the mail that ends the service. */
  @Test
  void aServiceThatEndsOverAMailOnAKeptConnectionHasNotScannedIt() {
    AtomicReference<FakeIcap> running = new AtomicReference<>();
    CountDownLatch set = new CountDownLatch(1);
    try (FakeIcap server =
            FakeIcap.serving(
                NO_PREVIEW_204,
                (_, _) -> {
                  try {
                    set.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  running.get().refuse();
                  throw new IOException("it ends");
                });
        IcapEngine engine = engine(server)) {
      running.set(server);
      set.countDown();
      assertThatThrownBy(() -> engine.scan(MAIL)).isInstanceOf(NotScannedException.class);
    }
  }

  @Test
  void triesAMailAgainThatGotNoAnswerOnAKeptConnection() throws NotScannedException {
    AtomicInteger mails = new AtomicInteger();
    try (FakeIcap server =
            FakeIcap.serving(
                NO_PREVIEW_204,
                (peer, _) -> {
                  if (mails.incrementAndGet() == 2) {
                    throw new IOException("closes just now");
                  }
                  peer.say(UNMODIFIED);
                });
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      assertThat(engine.scan(MAIL)).isEqualTo(new EngineVerdict.Clean());
      assertThat(mails).hasValue(3);
      assertThat(server.taken()).isEqualTo(2);
    }
  }

  @Test
  void anotherTagIsNoticedWithinAMinuteWithoutAScan() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    AtomicReference<String> tag = new AtomicReference<>("ISTag: \"one\"\r\n");
    AtomicInteger asked = new AtomicInteger();
    FakeIcap server =
        new FakeIcap(peer -> {
          while (true) {
            peer.request();
            asked.incrementAndGet();
            peer.say("ICAP/1.0 200 OK\r\nMethods: RESPMOD\r\nService: X\r\n" + tag + "\r\n");
          }
        });
    try (server;
        IcapEngine engine = new IcapEngine("icap", server.address(), LIMIT, now::get)) {
      assertThat(engine.version()).isEqualTo("X one");
      tag.set("ISTag: \"two\"\r\n");
      now.set(Instant.EPOCH.plusSeconds(59));
      assertThat(engine.version()).isEqualTo("X one");
      assertThat(asked).hasValue(1);
      now.set(Instant.EPOCH.plusSeconds(60));
      assertThat(engine.version()).isEqualTo("X two");
      assertThat(engine.version()).isEqualTo("X two");
      assertThat(asked).hasValue(2);

      for (String none : List.of("", "ISTag: \"" + "x".repeat(1000) + "\"\r\n")) {
        tag.set(none);
        now.set(now.get().plusSeconds(60));
        assertThat(engine.version()).as(none).isEmpty();
      }
      tag.set("ISTag: \"two\"\r\n");
      now.set(now.get().plusSeconds(60));
      assertThat(engine.version()).isEqualTo("X two");

      server.close();
      now.set(now.get().plusSeconds(60));
      assertThat(engine.version()).as("nobody is there").isEqualTo("X two");
    }
  }

  @Test
  void whoWantsTheVersionWaitsForNobodyElseWhoAsks() throws Exception {
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    try (FakeIcap server =
            new FakeIcap(peer -> {
              peer.request();
              asked.incrementAndGet();
              within.countDown();
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              peer.say("ICAP/1.0 200 OK\r\n" + NO_PREVIEW_204 + "\r\n");
            });
        IcapEngine engine = engine(server);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(engine::version);
      within.await();
      assertThat(engine.version()).isEmpty();
      assertThat(first).isNotDone();
      over.countDown();
      assertThat(first.get()).isEqualTo("a");
      assertThat(asked).hasValue(1);
    } finally {
      over.countDown();
    }
  }

  @Test
  void keepsNoConnectionThatTheServiceCloses() throws NotScannedException {
    try (FakeIcap server =
            FakeIcap.serving(
                "Connection: close\r\n" + NO_PREVIEW_204,
                (peer, _) -> peer.say("ICAP/1.0 204 No\r\nConnection: Close\r\n\r\n"));
        IcapEngine engine = engine(server)) {
      engine.scan(MAIL);
      engine.scan(MAIL);
      assertThat(server.taken()).isEqualTo(3);
    }
  }

  @Test
  void neverHasMoreConnectionsThanTheServiceAllows() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (FakeIcap server =
            FakeIcap.serving(
                NO_PREVIEW_204 + "Max-Connections: 2\r\n",
                (peer, _) -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  Thread.yield();
                  now.decrementAndGet();
                  peer.say(UNMODIFIED);
                });
        IcapEngine engine = engine(server);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      engine.scan(MAIL);
      Callable<EngineVerdict> scan = () -> engine.scan(MAIL);
      for (var verdict : threads.invokeAll(Collections.nCopies(50, scan))) {
        assertThat(verdict.get()).isEqualTo(new EngineVerdict.Clean());
      }
      assertThat(most.get()).isLessThanOrEqualTo(2);
      assertThat(server.taken()).isLessThanOrEqualTo(2);
    }
  }
}
