package org.milena.standalone.planted.sound;

import org.jspecify.annotations.NullMarked;
import org.milena.ingress.planted.DoorConfiguration;

@NullMarked
public class Imports {
  int hash(DoorConfiguration door) {
    return door.hashCode();
  }
}
