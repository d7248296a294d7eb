package org.milena.common.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One field of a header: where it lies in its message, and how it reads.
 *
 * <p>Decoding happens when it is asked for. A field keeps the array it lies in alive.
 */
public final class HeaderField {

  private final byte[] bytes;
  private final int start;
  private final int nameEnd;
  private final int colon;
  private final int end;

  HeaderField(byte[] bytes, int start, int nameEnd, int colon, int end) {
    this.bytes = bytes;
    this.start = start;
    this.nameEnd = nameEnd;
    this.colon = colon;
    this.end = end;
  }

  /**
   * As written; empty for a line that begins with its colon, and for an mbox line among the fields,
   * of which all is value.
   */
  public String name() {
    return new String(bytes, start, nameEnd - start, StandardCharsets.ISO_8859_1);
  }

  /** Whether this is its name, in any case (RFC 5322 section 1.2.2). */
  public boolean isNamed(String name) {
    int length = nameEnd - start;
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(bytes[start + i]) != lower(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  /** Offset of the first octet of its name. */
  public int start() {
    return start;
  }

  /** Offset after its last line end. */
  public int end() {
    return end;
  }

  byte[] array() {
    return bytes;
  }

  /** A copy of all its octets, name and line end included: what a signature covers. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(bytes, start, end);
  }

  /**
   * What follows the colon: unfolded (RFC 5322 section 2.2.3), without white space around it, read
   * as UTF-8 if it is that and as windows-1252 otherwise.
   *
   * <p>Holds no CR, LF or NUL: stray ones become a space and U+FFFD. So it can be written again.
   */
  public String value() {
    int from = colon + 1;
    int to = end;
    while (to > from && isSpace(bytes[to - 1])) {
      to--;
    }
    while (from < to && isSpace(bytes[from])) {
      from++;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] <= 0) {
        return unfold(from, to);
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String unfold(int from, int to) {
    var line = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b != '\r' && b != '\n') {
        line[length++] = b;
        continue;
      }
      while (i + 1 < to && (bytes[i + 1] == '\r' || bytes[i + 1] == '\n')) {
        i++;
      }
      // a fold leaves the space that follows it; a break that is no fold becomes one
      if (i + 1 < to && bytes[i + 1] != ' ' && bytes[i + 1] != '\t') {
        line[length++] = ' ';
      }
    }
    return MailCharsets.guess(line, 0, length).replace('\0', '\uFFFD');
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  /**
   * The value for people: encoded words decoded (RFC 2047). For text fields only: in an address
   * list a decoded comma would look like a real one, see {@link AddressListParser}.
   */
  public String decoded() {
    return EncodedWords.decode(value());
  }

  /** Name and value, for debugging. */
  @Override
  public String toString() {
    return name() + ": " + value();
  }
}
