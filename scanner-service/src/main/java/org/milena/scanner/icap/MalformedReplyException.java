package org.milena.scanner.icap;

import java.io.IOException;

/** What came is not ICAP, or not whole. */
final class MalformedReplyException extends IOException {

  private static final long serialVersionUID = 1;

  MalformedReplyException(String message) {
    super(message);
  }
}
