package org.milena.planted.start;

import org.jspecify.annotations.NullMarked;
import org.springframework.boot.SpringApplication;

/** A service that starts by itself. */
@NullMarked
final class Begins {
  private Begins() {}

  static void begin(String[] arguments) {
    new SpringApplication(Begins.class).run(arguments);
  }
}
