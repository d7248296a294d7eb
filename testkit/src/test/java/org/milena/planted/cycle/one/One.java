package org.milena.planted.cycle.one;

import org.jspecify.annotations.NullMarked;
import org.milena.planted.cycle.two.Two;

@NullMarked
public class One {
  int hash(Two two) {
    return two.hashCode();
  }
}
