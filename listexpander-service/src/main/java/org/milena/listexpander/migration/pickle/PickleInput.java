package org.milena.listexpander.migration.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The octets of a pickle, read from the front; numbers are little-endian. */
final class PickleInput {
  private final byte[] octets;
  private int position;

  PickleInput(byte[] octets) {
    this.octets = octets;
  }

  int position() {
    return position;
  }

  int u1() throws Refusal {
    need(1);
    return octets[position++] & 0xFF;
  }

  int u2() throws Refusal {
    need(2);
    return u1() | u1() << 8;
  }

  /** Four octets, with a sign. */
  int i4() throws Refusal {
    need(4);
    return u2() | u2() << 16;
  }

  /** Eight octets, the first one the highest, as a double (IEEE 754). */
  double real() throws Refusal {
    need(8);
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | u1();
    }
    return Double.longBitsToDouble(bits);
  }

  /**
   * So many octets.
   *
   * @param count what the pickle says; one below 0 is refused
   */
  byte[] take(int count) throws Refusal {
    if (count < 0) {
      throw new Refusal("The pickle gives a length that is too great.", position);
    }
    need(count);
    byte[] taken = Arrays.copyOfRange(octets, position, position + count);
    position += count;
    return taken;
  }

  /** Up to the next line feed, which is skipped. */
  byte[] line() throws Refusal {
    for (int end = position; end < octets.length; end++) {
      if (octets[end] == '\n') {
        byte[] line = Arrays.copyOfRange(octets, position, end);
        position = end + 1;
        return line;
      }
    }
    throw new Refusal("The pickle ends in the middle of a line.", octets.length);
  }

  /** A line as characters, one an octet. */
  String latinLine() throws Refusal {
    return new String(line(), StandardCharsets.ISO_8859_1);
  }

  private void need(int count) throws Refusal {
    if (count > octets.length - position) {
      throw new Refusal("The pickle ends too early.", octets.length);
    }
  }
}
