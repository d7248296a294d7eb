package org.milena.ingress.acceptance;

/** Counts header fields roughly, before anything is made of them. */
final class HeaderSize {

  /**
   * Whether there are more lines with a colon before the first empty line than the limit. A body
   * without a header is counted too; one with that many such lines has not been seen.
   */
  static boolean fieldsExceed(int limit, byte[] message) {
    int fields = 0;
    boolean colon = false;
    int lineStart = 0;
    for (int i = 0; i < message.length; i++) {
      byte b = message[i];
      if (b == ':') {
        colon = true;
      } else if (b == '\n') {
        if (i - lineStart < 2) {
          return false;
        }
        if (colon && ++fields > limit) {
          return true;
        }
        colon = false;
        lineStart = i + 1;
      }
    }
    return false;
  }

  private HeaderSize() {}
}
