package org.milena.scanner.builtin;

import java.io.IOException;

/** A limit was reached; what lies behind it was not looked at. */
final class LimitException extends IOException {

  private static final long serialVersionUID = 1;

  LimitException(String message) {
    super(message);
  }
}
