package org.milena.planted.sleep;

import java.time.Duration;
import org.jspecify.annotations.NullMarked;

@NullMarked
class Sleeps {
  void sleep() throws InterruptedException {
    Thread.sleep(Duration.ofMillis(1));
  }
}
