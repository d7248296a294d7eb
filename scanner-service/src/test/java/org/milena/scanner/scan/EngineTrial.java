package org.milena.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.AvCorpus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a real engine is put through beyond its contract; the figures are printed. */
public final class EngineTrial {

  private static final Logger log = LoggerFactory.getLogger(EngineTrial.class);

  private static final int WARM_UP = 100;
  private static final int MAILS = 400;
  private static final int AT_ONCE = 8;

  private EngineTrial() {}

  /** It finds what the corpus calls infected, and in what it calls clean it finds nothing. */
  public static void findsWhatTheCorpusCallsInfected(Engine engine) throws NotScannedException {
    Map<String, EngineVerdict> verdicts = new TreeMap<>();
    for (var message : AvCorpus.messages().entrySet()) {
      verdicts.put(message.getKey(), engine.scan(Specimen.probe(message.getValue())));
    }
    verdicts.forEach((name, verdict) -> log.info("{}: {} {}", engine.name(), name, verdict));
    log.info(
        "{}: of {} messages {} are called infected",
        engine.name(),
        verdicts.size(),
        verdicts.values().stream().filter(EngineVerdict.Infected.class::isInstance).count());
    AvCorpus.expected()
        .forEach((name, infected) ->
            assertThat(verdicts.get(name) instanceof EngineVerdict.Infected)
                .as(name)
                .isEqualTo(infected));
  }

  /** It has this verdict on each of many harmless mails that come at the same time. */
  public static void scansManyMailsAtTheSameTime(
      Engine engine, Class<? extends EngineVerdict> harmless) throws Exception {
    RawMessage mail = SampleMail.mail("\r\n" + "lorem ipsum dolor\r\n".repeat(540));
    Callable<EngineVerdict> scan = () -> engine.scan(Specimen.probe(mail));
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (var warm : threads.invokeAll(Collections.nCopies(WARM_UP, scan))) {
        assertThat(warm.get()).isInstanceOf(harmless);
      }
      long start = System.nanoTime();
      for (var verdict : threads.invokeAll(Collections.nCopies(MAILS, scan))) {
        assertThat(verdict.get()).isInstanceOf(harmless);
      }
      log.info(
          "{}: {} scans of {} octets, {} at a time: {} a second",
          engine.name(),
          MAILS,
          mail.size(),
          AT_ONCE,
          Math.round(MAILS * 1e9 / (System.nanoTime() - start)));
    }
  }
}
