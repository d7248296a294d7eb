package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A file that has to be held, in memory that was asked for. */
final class HeldOctets {

  private final MemoryUse memory;
  private final int most;
  private long taken;

  HeldOctets(MemoryUse memory, int most) {
    this.memory = memory;
    this.most = most;
  }

  /** All of it. */
  byte[] readAll(InputStream in, int step) throws IOException {
    byte[] octets = new byte[step];
    take(step);
    int length = 0;
    int got = in.read(octets, 0, step);
    while (got >= 0) {
      length += got;
      if (length == octets.length) {
        if (length >= most) {
          throw new IOException("a directory behind more than " + most + " octets");
        }
        int grown = Math.min(most, 2 * octets.length);
        take(grown); // both exist while it is copied
        octets = Arrays.copyOf(octets, grown);
        giveBack(length);
      }
      got = in.read(octets, length, octets.length - length);
    }
    return Arrays.copyOf(octets, length);
  }

  private void take(long octets) throws IOException {
    memory.take(octets);
    taken += octets;
  }

  private void giveBack(long octets) {
    memory.giveBack(octets);
    taken -= octets;
  }

  void giveBack() {
    giveBack(taken);
  }
}
