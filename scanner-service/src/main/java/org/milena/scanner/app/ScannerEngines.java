package org.milena.scanner.app;

import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetricsPublisher;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.milena.common.failure.UnfitException;
import org.milena.scanner.builtin.BuiltinEngine;
import org.milena.scanner.builtin.ScanLimits;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdEngine;
import org.milena.scanner.icap.IcapAddress;
import org.milena.scanner.icap.IcapEngine;
import org.milena.scanner.resilience.EnginePool;
import org.milena.scanner.resilience.GuardSettings;
import org.milena.scanner.resilience.GuardedEngine;
import org.milena.scanner.rspamd.RspamdAddress;
import org.milena.scanner.rspamd.RspamdEngine;
import org.milena.scanner.scan.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of this process behind their guards, and the threads they run on. */
final class ScannerEngines implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ScannerEngines.class);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("scan-", 0).factory());
  private final List<Engine> engines = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final TaggedCircuitBreakerMetricsPublisher breakers;
  private final TaggedBulkheadMetricsPublisher bulkheads;

  /**
   * @param others engines of other vendors, as somebody made them
   */
  ScannerEngines(
      ScannerProperties settings, List<Engine> others, InstantSource clock, MeterRegistry meters) {
    breakers = new TaggedCircuitBreakerMetricsPublisher(meters);
    bulkheads = new TaggedBulkheadMetricsPublisher(meters);
    engines.add(builtin(settings));
    pool(clamds(settings, clock));
    settings.icap().forEach((vendor, addresses) -> pool(icap(vendor, addresses, clock)));
    pool(rspamds(settings));
    for (Engine engine : others) {
      engines.add(guarded(engine, engine.name(), GuardSettings.DEFAULT));
    }
    refuseTwins();
    if (engines.stream().noneMatch(engine -> engine.role() == Engine.Role.ANTIVIRUS)) {
      warnOfNoEngine();
    }
    log.info(
        "mail is scanned by {}",
        engines.stream().map(Engine::name).collect(Collectors.joining(", ")));
  }

  private GuardedEngine builtin(ScannerProperties settings) {
    return guarded(
        new BuiltinEngine(settings.attachments().policy(), ScanLimits.DEFAULT),
        "builtin",
        // never the one to wait for: as many as there are mails in hand
        GuardSettings.IN_PROCESS.withConcurrent(settings.parallel()));
  }

  private List<GuardedEngine> clamds(ScannerProperties settings, InstantSource clock) {
    GuardSettings guards = GuardSettings.DEFAULT.withConcurrent(settings.scansPerClamd());
    return settings.clamd().stream()
        .map(ClamdAddress::of)
        .map(at -> guarded(new ClamdEngine(at, clock), "clamd@" + at.text(), guards))
        .toList();
  }

  private List<GuardedEngine> icap(String vendor, List<String> addresses, InstantSource clock) {
    return addresses.stream()
        .map(IcapAddress::of)
        .map(at ->
            guarded(
                opened(new IcapEngine(vendor, at, clock)),
                vendor + "@" + at.text(),
                GuardSettings.DEFAULT))
        .toList();
  }

  private List<GuardedEngine> rspamds(ScannerProperties settings) {
    return settings.rspamd().stream()
        .map(RspamdAddress::of)
        .map(at ->
            guarded(
                opened(
                    new RspamdEngine(at, settings.rspamdPassword(), settings.rspamdTaskTimeout())),
                "rspamd@" + at.text(),
                GuardSettings.DEFAULT))
        .toList();
  }

  private void pool(List<GuardedEngine> copies) {
    if (!copies.isEmpty()) {
      engines.add(new EnginePool(copies, threads));
    }
  }

  /** An engine that keeps connections. */
  private Engine opened(Engine engine) {
    if (engine instanceof AutoCloseable connections) {
      open.add(connections);
    }
    return engine;
  }

  /** Verdicts are counted and remembered by name. */
  private void refuseTwins() {
    Set<String> names = new HashSet<>();
    for (Engine engine : engines) {
      if (!names.add(engine.name())) {
        throw new UnfitException(
            "two engines are named "
                + engine.name()
                + "; give a vendor in milena.scanner.icap another name");
      }
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
    log.warn("unix:/PATH; or another vendor's ICAP service in milena.scanner.icap.");
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
    for (AutoCloseable engine : open) {
      try {
        engine.close();
      } catch (Exception e) {
        log.warn("an engine's connections could not be closed", e);
      }
    }
  }
}
