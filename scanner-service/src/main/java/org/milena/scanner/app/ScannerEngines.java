package org.milena.scanner.app;

import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetricsPublisher;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.milena.scanner.builtin.BuiltinEngine;
import org.milena.scanner.builtin.ScanLimits;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdEngine;
import org.milena.scanner.resilience.EnginePool;
import org.milena.scanner.resilience.GuardSettings;
import org.milena.scanner.resilience.GuardedEngine;
import org.milena.scanner.scan.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of this process behind their guards, and the threads they run on. */
final class ScannerEngines implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ScannerEngines.class);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("scan-", 0).factory());
  private final List<Engine> engines = new ArrayList<>();
  private final TaggedCircuitBreakerMetricsPublisher breakers;
  private final TaggedBulkheadMetricsPublisher bulkheads;

  ScannerEngines(ScannerProperties settings, InstantSource clock, MeterRegistry meters) {
    breakers = new TaggedCircuitBreakerMetricsPublisher(meters);
    bulkheads = new TaggedBulkheadMetricsPublisher(meters);
    engines.add(
        guarded(
            new BuiltinEngine(settings.attachments().policy(), ScanLimits.DEFAULT),
            "builtin",
            // never the one to wait for: as many as there are mails in hand
            GuardSettings.DEFAULT.withConcurrent(settings.parallel())));
    List<GuardedEngine> clamds = new ArrayList<>();
    GuardSettings guards = GuardSettings.DEFAULT.withConcurrent(settings.scansPerClamd());
    for (String text : settings.clamd()) {
      ClamdAddress address = ClamdAddress.of(text);
      clamds.add(guarded(new ClamdEngine(address, clock), "clamd@" + address.text(), guards));
    }
    if (clamds.isEmpty()) {
      warnOfNoEngine();
    } else {
      engines.add(new EnginePool(clamds));
      log.info("mail is scanned by the built-in checks and clamd at {}", settings.clamd());
    }
  }

  private GuardedEngine guarded(Engine engine, String instance, GuardSettings settings) {
    GuardedEngine guarded = new GuardedEngine(engine, instance, settings, threads);
    breakers.publishMetrics(guarded.breaker());
    bulkheads.publishMetrics(guarded.bulkhead());
    return guarded;
  }

  private static void warnOfNoEngine() {
    log.warn("************************************************************************");
    log.warn("NO ANTIVIRUS ENGINE: mail passes on the built-in checks alone, which know");
    log.warn("the EICAR test virus, attachment types and archive limits, and nothing else.");
    log.warn("Name a clamd in milena.scanner.clamd or MILENA_CLAMAV: tcp:HOST:PORT or");
    log.warn("unix:/PATH.");
    log.warn("************************************************************************");
  }

  List<Engine> all() {
    return List.copyOf(engines);
  }

  /** One for each scan that runs. */
  ExecutorService threads() {
    return threads;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
