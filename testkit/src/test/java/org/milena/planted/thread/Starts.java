package org.milena.planted.thread;

import org.jspecify.annotations.NullMarked;

@NullMarked
class Starts {
  Thread start() {
    return Thread.ofVirtual().start(() -> {});
  }
}
