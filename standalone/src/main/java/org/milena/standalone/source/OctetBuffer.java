package org.milena.standalone.source;

import java.util.Arrays;

/** Octets that become more, up to a limit. */
final class OctetBuffer {
  private byte[] octets = new byte[16 << 10];
  private int length;

  int length() {
    return length;
  }

  byte[] array() {
    return octets;
  }

  void add(byte[] from, int start, int end) {
    int count = end - start;
    if (octets.length - length < count) {
      octets = Arrays.copyOf(octets, Math.max(length + count, octets.length * 2));
    }
    System.arraycopy(from, start, octets, length, count);
    length += count;
  }

  /** Forgets what lies before an index. */
  void removeBefore(int start) {
    System.arraycopy(octets, start, octets, 0, length - start);
    length -= start;
  }

  /** Begins anew; a large array is given back. */
  void clear() {
    length = 0;
    if (octets.length > 4 << 20) {
      octets = new byte[16 << 10];
    }
  }
}
