package org.milena.ingress.address;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailDomain;

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

  /** Whether this is, or was some seconds ago, a domain of lists, even if none is there yet. */
  boolean contains(String domain) {
    Instant now = clock.instant();
    Known current = known;
    if (!now.isBefore(current.until())) {
      current =
          new Known(
              Stream.concat(
                      directory.lists().stream().map(list -> list.address().domain()),
                      directory.domains().stream().map(MailDomain::name))
                  .collect(Collectors.toUnmodifiableSet()),
              now.plus(KEPT));
      known = current;
    }
    return current.domains().contains(domain);
  }

  private record Known(Set<String> domains, Instant until) {}
}
