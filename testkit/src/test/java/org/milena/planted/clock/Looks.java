package org.milena.planted.clock;

import java.time.Instant;
import org.jspecify.annotations.NullMarked;

@NullMarked
class Looks {
  Instant look() {
    return Instant.now();
  }
}
