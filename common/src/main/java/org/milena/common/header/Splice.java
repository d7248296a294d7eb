package org.milena.common.header;

import java.util.Arrays;

/** Ranges of arrays, noted first and copied once; neighbours in one array are copied as one. */
final class Splice {

  private final byte[] eol;
  private byte[][] arrays;
  private int[] starts;
  private int[] ends;
  private int count;
  private int size;

  Splice(int expected, byte[] eol) {
    this.eol = eol;
    this.arrays = new byte[expected][];
    this.starts = new int[expected];
    this.ends = new int[expected];
  }

  /** Adds lines, after an end for the line before them if that has none. */
  void addLines(byte[] array, int start, int end) {
    if (count > 0 && arrays[count - 1][ends[count - 1] - 1] != '\n') {
      add(eol, 0, eol.length);
    }
    add(array, start, end);
  }

  @SuppressWarnings("ReferenceEquality") // neighbours are so in one array, not in an equal one
  void add(byte[] array, int start, int end) {
    if (start == end) {
      return;
    }
    size = Math.addExact(size, end - start);
    if (count > 0 && arrays[count - 1] == array && ends[count - 1] == start) {
      ends[count - 1] = end;
      return;
    }
    if (count == starts.length) {
      int more = Math.max(16, count * 2);
      arrays = Arrays.copyOf(arrays, more);
      starts = Arrays.copyOf(starts, more);
      ends = Arrays.copyOf(ends, more);
    }
    arrays[count] = array;
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  byte[] toByteArray() {
    var all = new byte[size];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int length = ends[i] - starts[i];
      System.arraycopy(arrays[i], starts[i], all, at, length);
      at += length;
    }
    return all;
  }
}
