package org.milena.ingress.address;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.milena.common.directory.Directory;

/**
 * The domains that lists live in. Kept for some seconds: it is asked for every refused recipient,
 * and there may be many lists.
 */
public final class ListDomains {
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final Directory directory;
  private final InstantSource clock;
  private volatile Known known = new Known(Set.of(), Instant.MIN);

  /** The domains of this directory's lists. */
  public ListDomains(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** Whether there is, or was some seconds ago, a list in this domain. */
  boolean contains(String domain) {
    Instant now = clock.instant();
    Known current = known;
    if (!now.isBefore(current.until())) {
      current =
          new Known(
              directory.lists().stream()
                  .map(list -> list.address().domain())
                  .collect(Collectors.toUnmodifiableSet()),
              now.plus(KEPT));
      known = current;
    }
    return current.domains().contains(domain);
  }

  private record Known(Set<String> domains, Instant until) {}
}
