package org.milena.planted.stream;

import org.jspecify.annotations.NullMarked;

@NullMarked
class Prints {
  void print() {
    System.out.println("mail");
  }
}
