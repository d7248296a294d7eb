package org.milena.common.planted;

import org.jspecify.annotations.NullMarked;
import org.milena.ingress.planted.Door;

@NullMarked
class Knows {
  int hash(Door door) {
    return door.hashCode();
  }
}
