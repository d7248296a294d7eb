package org.milena.planted.wired.web;

import org.jspecify.annotations.NullMarked;
import org.milena.planted.wired.app.Wiring;

@NullMarked
class View {
  int hash(Wiring wiring) {
    return wiring.hashCode();
  }
}
