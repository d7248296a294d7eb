package org.milena.scanner.scan;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine that is counted, and that lets something happen when it is asked. */
public final class WatchedEngine implements Engine {

  private final Engine engine;
  private final Runnable beforeScan;
  private final AtomicInteger scans = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();

  public WatchedEngine(Engine engine) {
    this(engine, () -> {});
  }

  public WatchedEngine(Engine engine, Runnable beforeScan) {
    this.engine = engine;
    this.beforeScan = beforeScan;
  }

  public int scans() {
    return scans.get();
  }

  public int probes() {
    return probes.get();
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String version() {
    return engine.version();
  }

  @Override
  public Role role() {
    return engine.role();
  }

  @Override
  public Optional<Instant> databaseTime() {
    return engine.databaseTime();
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    scans.incrementAndGet();
    beforeScan.run();
    return engine.scan(specimen);
  }

  @Override
  public EngineState probe() {
    probes.incrementAndGet();
    return engine.probe();
  }
}
