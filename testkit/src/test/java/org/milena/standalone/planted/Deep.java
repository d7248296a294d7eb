package org.milena.standalone.planted;

import org.jspecify.annotations.NullMarked;
import org.milena.ingress.planted.Door;

@NullMarked
class Deep {
  int hash(Door door) {
    return door.hashCode();
  }
}
