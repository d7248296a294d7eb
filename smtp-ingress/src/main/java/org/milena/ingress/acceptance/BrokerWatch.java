package org.milena.ingress.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers since when the broker has taken nothing, for the health of this service. */
public final class BrokerWatch {
  private final InstantSource clock;
  private volatile @Nullable Instant failingSince;

  /** Nothing has failed yet. */
  public BrokerWatch(InstantSource clock) {
    this.clock = clock;
  }

  void acknowledged() {
    if (failingSince != null) {
      failingSince = null;
    }
  }

  void failed() {
    if (failingSince == null) {
      failingSince = clock.instant();
    }
  }

  /** For how long every publish has failed; empty when the last one went well. */
  public Optional<Duration> failingFor() {
    Instant since = failingSince;
    return since == null ? Optional.empty() : Optional.of(Duration.between(since, clock.instant()));
  }
}
