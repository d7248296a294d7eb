package org.milena.planted.cycle.two;

import org.jspecify.annotations.NullMarked;
import org.milena.planted.cycle.one.One;

@NullMarked
public class Two {
  int hash(One one) {
    return one.hashCode();
  }
}
