package org.milena.common.header;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

/** A parameter in pieces, in a character set of its own, or both (RFC 2231 sections 3 and 4). */
final class ExtendedParameter {

  private static final int WHOLE = -1;

  private record Piece(String text, boolean encoded) {}

  private final TreeMap<Integer, Piece> pieces = new TreeMap<>();

  /**
   * Adds a piece; of equal ones the first counts.
   *
   * @param suffix of the name: {@code *}, {@code *0}, {@code *0*} …
   */
  void add(String suffix, String text) {
    boolean encoded = suffix.endsWith("*");
    String digits = suffix.substring(1, suffix.length() - (encoded && suffix.length() > 1 ? 1 : 0));
    if (digits.isEmpty()) {
      pieces.putIfAbsent(WHOLE, new Piece(text, true));
    } else if (digits.length() <= 4 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      pieces.putIfAbsent(Integer.parseInt(digits), new Piece(text, encoded));
    }
  }

  /** The whole, up to the first piece that is missing; empty without the first. */
  Optional<String> decode() {
    Piece whole = pieces.get(WHOLE);
    Piece first = whole != null ? whole : pieces.get(0);
    if (first == null) {
      return Optional.empty();
    }
    String charset = "utf-8";
    String text = first.text();
    if (first.encoded()) {
      int charsetEnd = text.indexOf('\'');
      int languageEnd = charsetEnd < 0 ? -1 : text.indexOf('\'', charsetEnd + 1);
      if (languageEnd >= 0) {
        charset = text.substring(0, charsetEnd);
        text = text.substring(languageEnd + 1);
      }
    }
    var octets = new Octets();
    write(octets, text, first.encoded());
    Piece piece;
    for (int i = 1; whole == null && (piece = pieces.get(i)) != null; i++) {
      write(octets, piece.text(), piece.encoded());
    }
    return Optional.of(harmless(octets.decode(charset)));
  }

  private static void write(Octets octets, String text, boolean encoded) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = encoded && c == '%' ? hex(text, i + 1) : -1;
      int low = high < 0 ? -1 : hex(text, i + 2);
      if (low >= 0) {
        octets.write(high << 4 | low);
        i += 2;
      } else if (c < 0x80) {
        octets.write(c);
      } else {
        int end = i + 1;
        while (end < text.length() && text.charAt(end) >= 0x80) {
          end++;
        }
        octets.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
      }
    }
  }

  private static int hex(String text, int at) {
    return at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
  }

  /** Like a decoded word, it may not bring line breaks along. */
  private static String harmless(String text) {
    return text.replace("\r\n", " ").replace('\n', ' ').replace('\r', ' ').replace('\0', '\uFFFD');
  }
}
