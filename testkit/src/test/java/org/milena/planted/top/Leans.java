package org.milena.planted.top;

import org.jspecify.annotations.NullMarked;
import org.milena.standalone.planted.sound.Imports;

@NullMarked
class Leans {
  int hash(Imports imports) {
    return imports.hashCode();
  }
}
