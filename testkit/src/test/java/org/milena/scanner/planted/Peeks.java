package org.milena.scanner.planted;

import org.jspecify.annotations.NullMarked;
import org.milena.ingress.planted.Door;

@NullMarked
class Peeks {
  int hash(Door door) {
    return door.hashCode();
  }
}
