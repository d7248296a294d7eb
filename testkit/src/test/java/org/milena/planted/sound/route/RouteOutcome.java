package org.milena.planted.sound.route;

import java.time.Instant;
import org.jspecify.annotations.NullMarked;

@NullMarked
public sealed interface RouteOutcome {
  record Found(Instant at) implements RouteOutcome {}
}
