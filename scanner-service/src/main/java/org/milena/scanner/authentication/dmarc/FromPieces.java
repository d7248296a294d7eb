package org.milena.scanner.authentication.dmarc;

import org.milena.common.header.AddressListParser;

/**
 * Looks for addresses that {@link AddressListParser} leaves out because they are none. A reader may
 * be shown them as the author, while the check would see only the other ones beside them.
 */
final class FromPieces {

  private final String text;
  private int pieceStart;
  private boolean pieceHasAt;

  private FromPieces(String text) {
    this.text = text;
  }

  /** Whether all quotes and brackets are closed, and each piece with an {@code @} is an address. */
  static boolean allReadable(String value) {
    return new FromPieces(value).readable();
  }

  private boolean readable() {
    boolean angle = false;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '"' -> at = endOfQuoted(at);
        case '(' -> at = endOfComment(at);
        case '<' -> angle = true;
        case '@' -> pieceHasAt = true;
        default -> {
          boolean ends = c == '>' || (!angle && (c == ',' || c == ';'));
          angle &= c != '>';
          if (ends && !pieceReadable(at + 1)) {
            return false;
          }
        }
      }
      if (at < 0) {
        return false; // never closed
      }
      at++;
    }
    return !angle && pieceReadable(text.length());
  }

  private boolean pieceReadable(int end) {
    boolean readable =
        !pieceHasAt || !AddressListParser.parse(text.substring(pieceStart, end)).isEmpty();
    pieceStart = end;
    pieceHasAt = false;
    return readable;
  }

  private int endOfQuoted(int open) {
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i;
      }
    }
    return -1;
  }

  private int endOfComment(int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
