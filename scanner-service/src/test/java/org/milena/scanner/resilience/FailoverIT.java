package org.milena.scanner.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.clamav.ClamdEngine;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.Reading;
import org.milena.scanner.scan.SampleMail;
import org.milena.scanner.scan.ScanListener;
import org.milena.scanner.scan.Scanner;
import org.milena.scanner.scan.WatchedEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two real clamds, one over TCP and one over a unix socket; one goes away under load. */
@Timeout(120)
class FailoverIT {

  private static final Logger log = LoggerFactory.getLogger(FailoverIT.class);

  private static final int SCANNING = 8;

  /** As in production but for the times, so that a hanging one is found out sooner. */
  private static final GuardSettings GUARDS =
      new GuardSettings(
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ClamdServer one = ClamdServer.start();
  private final ClamdServer two = ClamdServer.start();
  private final WatchedEngine first =
      new WatchedEngine(new ClamdEngine(one.tcp(), InstantSource.system()));
  private final WatchedEngine second =
      new WatchedEngine(new ClamdEngine(two.unix(), InstantSource.system()));
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger strikes = new AtomicInteger();
  private final Scanner scanner =
      new Scanner(
          List.of(
              new EnginePool(
                  List.of(
                      new GuardedEngine(first, "first", GUARDS, threads),
                      new GuardedEngine(second, "second", GUARDS, threads)),
                  threads)),
          threads,
          InstantSource.system(),
          new ScanListener() {
            @Override
            public void scanned(String engine, EngineVerdict verdict, Duration took) {}

            @Override
            public void notScanned(String engine) {
              strikes.incrementAndGet();
            }

            @Override
            public void judged(Verdict verdict, Duration age) {}
          });

  private final AtomicBoolean going = new AtomicBoolean(true);
  private final AtomicInteger scanned = new AtomicInteger();
  private final AtomicInteger waited = new AtomicInteger();
  private final AtomicLong longest = new AtomicLong();
  private final List<Future<?>> load = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    one.close();
    two.close();
  }

  @Test
  void killingOneIsNotNoticed() throws Exception {
    under(one::kill, one::startAgain, "killed");
    assertThat(Duration.ofNanos(longest.get())).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void oneThatHangsHoldsUpOnlyWhatItHasInHand() throws Exception {
    under(one::freeze, one::thaw, "hanging");
    assertThat(waited.get()).as("scans over two seconds").isBetween(1, SCANNING);
    assertThat(Duration.ofNanos(longest.get())).isLessThan(Duration.ofSeconds(5));
  }

  private void under(Runnable goes, Runnable comesBack, String kind) throws Exception {
    for (int i = 0; i < SCANNING; i++) {
      load.add(threads.submit(this::scanOnAndOn));
    }
    await().until(() -> first.scans() > 100 && second.scans() > 100);
    goes.run();
    int before = scanned.get();
    await()
        .pollDelay(Duration.ofSeconds(6))
        .atMost(Duration.ofSeconds(60))
        .until(() -> scanned.get() > before + 500);
    int during = scanned.get() - before;
    int probes = first.probes();
    comesBack.run();
    int asked = first.scans();
    await().atMost(Duration.ofSeconds(30)).until(() -> first.scans() > asked + 100);
    going.set(false);
    for (Future<?> one : load) {
      one.get(); // no outage, no failure
    }
    log.info(
        "one of two clamds {}: {} scans meanwhile, {} strikes, longest scan {} ms, {} over 2 s, {}"
            + " probes of it",
        kind,
        during,
        strikes.get(),
        longest.get() / 1_000_000,
        waited.get(),
        probes);
    assertThat(strikes.get()).as("strikes").isZero();
  }

  private void scanOnAndOn() {
    while (going.get()) {
      boolean infected = scanned.get() % 10 == 0;
      // each another one: what was read before is not read again
      RawMessage message =
          SampleMail.mail(
              "\r\n%s\r\n%d\r\n"
                  .formatted(infected ? SampleMail.EICAR : "hello", numbers.incrementAndGet()));
      long start = System.nanoTime();
      Reading reading =
          scanner.read(
              ReceivedMail.meta(
                  ReceivedMail.nextId(), message, ReceivedMail.post(ReceivedMail.USERS)),
              message);
      long took = System.nanoTime() - start;
      assertThat(reading.reports().getFirst().verdict())
          .isEqualTo(infected ? Verdict.INFECTED : Verdict.CLEAN);
      longest.accumulateAndGet(took, Math::max);
      if (took > Duration.ofSeconds(2).toNanos()) {
        waited.incrementAndGet();
      }
      scanned.incrementAndGet();
    }
  }
}
