package org.milena.egress.dns;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.milena.egress.outcome.Happening.NoRoute;
import org.milena.egress.outcome.Happening.Unroutable;
import org.milena.egress.route.NextHops;
import org.milena.egress.route.Resolution;

/** Keeps what was found for a while, so that a busy destination costs no look-up. */
final class ResolutionCache implements NextHops {
  private static final int MAX = 20_000;
  private static final long TROUBLE_NANOS = Duration.ofSeconds(15).toNanos();

  private final Function<String, Resolution> finder;
  private final long keptNanos;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MAX;
        }
      };

  // whoever asks for the same at the same time shares the answer
  private final Map<String, FutureTask<Resolution>> underWay = new ConcurrentHashMap<>();

  private record Kept(Resolution resolution, long untilNanos) {}

  ResolutionCache(Function<String, Resolution> finder, Duration keptFor) {
    this.finder = finder;
    this.keptNanos = keptFor.toNanos();
  }

  @Override
  public Resolution resolve(String destination) {
    Optional<Resolution> known = known(destination);
    if (known.isPresent()) {
      return known.get();
    }
    FutureTask<Resolution> mine = new FutureTask<>(() -> find(destination));
    FutureTask<Resolution> running = underWay.putIfAbsent(destination, mine);
    try {
      if (running != null) {
        return running.get();
      }
      mine.run();
      return mine.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("looking up " + destination, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Resolution.None(new Unroutable(NoRoute.DNS_TROUBLE, "interrupted"));
    } finally {
      underWay.remove(destination, mine);
    }
  }

  private Resolution find(String destination) {
    Resolution found = finder.apply(destination);
    long nanos =
        found instanceof Resolution.None(var why) && why.reason() == NoRoute.DNS_TROUBLE
            ? TROUBLE_NANOS
            : keptNanos;
    synchronized (kept) {
      kept.put(destination, new Kept(found, System.nanoTime() + nanos));
    }
    return found;
  }

  @Override
  public Optional<Resolution> known(String destination) {
    synchronized (kept) {
      Kept found = kept.get(destination);
      return found == null || System.nanoTime() - found.untilNanos() > 0
          ? Optional.empty()
          : Optional.of(found.resolution());
    }
  }
}
