package org.milena.scanner.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.OutageException;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.Specimen;

/**
 * Several instances of one engine, asked in turn. A scan that gets no verdict goes to one other
 * instance; the pool is out when all of them are.
 */
public final class EnginePool implements Engine {

  private static final int TRIES = 2;

  private final List<? extends Engine> instances;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param instances of the same engine; at least one
   */
  public EnginePool(List<? extends Engine> instances) {
    if (instances.isEmpty()) {
      throw new IllegalArgumentException("a pool without engines");
    }
    this.instances = List.copyOf(instances);
  }

  @Override
  public String name() {
    return instances.getFirst().name();
  }

  @Override
  public String version() {
    return instances.stream()
        .map(Engine::version)
        .filter(version -> !version.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
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
          // counts for its breaker: the pool as a whole may be ready, and nobody else would ask
          var unused = engine.probe();
        }
      } catch (OutageException e) {
        outage = added(outage, e);
      }
    }
    if (notScanned != null) {
      throw notScanned;
    }
    throw outage == null ? new IllegalStateException("nobody was asked") : outage;
  }

  @Override
  public EngineState probe() {
    List<String> reasons = new ArrayList<>();
    boolean ready = false;
    for (Engine engine : instances) {
      switch (engine.probe()) {
        case EngineState.Ready() -> ready = true;
        case EngineState.Out(var reason) -> reasons.add(reason);
      }
    }
    return ready ? new EngineState.Ready() : new EngineState.Out(String.join("; ", reasons));
  }

  private List<Engine> inTurn() {
    int first = Math.floorMod(turn.getAndIncrement(), instances.size());
    List<Engine> order = new ArrayList<>(instances.subList(first, instances.size()));
    order.addAll(instances.subList(0, first));
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
