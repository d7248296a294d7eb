package org.milena.scanner.resilience;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.OutageException;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several instances of one engine, asked in turn. A scan that gets no verdict goes to one other
 * instance; the pool is out when all of them are.
 */
public final class EnginePool implements Engine {

  private static final Logger log = LoggerFactory.getLogger(EnginePool.class);

  private static final int TRIES = 2;

  private final List<? extends Engine> instances;
  private final Executor threads;
  private final AtomicInteger turn = new AtomicInteger();
  private final Set<Engine> doubted = ConcurrentHashMap.newKeySet();

  /**
   * @param instances of the same engine; at least one
   * @param threads for probes that no mail waits for
   */
  public EnginePool(List<? extends Engine> instances, Executor threads) {
    if (instances.isEmpty()) {
      throw new IllegalArgumentException("a pool without engines");
    }
    this.instances = List.copyOf(instances);
    this.threads = threads;
  }

  @Override
  public String name() {
    return instances.getFirst().name();
  }

  @Override
  public Role role() {
    return instances.getFirst().role();
  }

  /** Of all instances; empty when one does not say: nobody knows which of them will speak. */
  @Override
  public String version() {
    List<String> versions = instances.stream().map(Engine::version).distinct().toList();
    return versions.contains("") ? "" : String.join(", ", versions);
  }

  /** The oldest: a mail may get to any of them. */
  @Override
  public Optional<Instant> databaseTime() {
    return instances.stream()
        .map(Engine::databaseTime)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    NotScannedException notScanned = null;
    OutageException outage = null;
    int tries = 0;
    for (Engine engine : inTurn()) {
      if (tries == TRIES) {
        break;
      }
      try {
        return engine.scan(specimen);
      } catch (NotScannedException e) {
        notScanned = added(notScanned, e);
        tries++;
        if (instances.size() > 1) {
          // counts for its guard: the pool as a whole may be ready, and nobody else would ask
          probeBeside(engine);
        }
      } catch (OutageException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e; // the scan was called off: no other instance is to begin it
        }
        outage = added(outage, e);
      }
    }
    if (notScanned != null) {
      throw notScanned;
    }
    throw outage == null ? new IllegalStateException("nobody was asked") : outage;
  }

  /** Until its probe has an answer, the instance gets mail only when no other takes it. */
  private void probeBeside(Engine engine) {
    if (!doubted.add(engine)) {
      return; // is being probed
    }
    try {
      threads.execute(() -> {
        try {
          log.debug("after a scan without a verdict, {} is {}", engine.name(), engine.probe());
        } catch (OutageException e) {
          log.debug("{} was not probed", engine.name(), e);
        } finally {
          doubted.remove(engine);
        }
      });
    } catch (RejectedExecutionException e) {
      doubted.remove(engine);
      log.debug("the scanner is stopping", e);
    }
  }

  /** Asks all, and answers as soon as one is ready: one that hangs is not waited for. */
  @Override
  public EngineState probe() {
    var answers = new ExecutorCompletionService<EngineState>(threads);
    try {
      instances.forEach(engine -> answers.submit(engine::probe));
    } catch (RejectedExecutionException e) {
      throw new OutageException("the scanner is stopping", e);
    }
    List<String> reasons = new ArrayList<>();
    while (reasons.size() < instances.size()) {
      switch (next(answers)) {
        case EngineState.Ready ready -> {
          return ready;
        }
        case EngineState.Out(var reason) -> reasons.add(reason);
      }
    }
    return new EngineState.Out(reasons.stream().sorted().collect(Collectors.joining("; ")));
  }

  private static EngineState next(ExecutorCompletionService<EngineState> answers) {
    try {
      return answers.take().get();
    } catch (ExecutionException e) {
      return new EngineState.Out(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted while probing", e);
    }
  }

  private List<Engine> inTurn() {
    int first = Math.floorMod(turn.getAndIncrement(), instances.size());
    List<Engine> order = new ArrayList<>(instances.subList(first, instances.size()));
    order.addAll(instances.subList(0, first));
    order.sort(Comparator.comparing(doubted::contains)); // keeps the turn otherwise
    return order;
  }

  private static <E extends Exception> E added(@Nullable E first, E next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }
}
