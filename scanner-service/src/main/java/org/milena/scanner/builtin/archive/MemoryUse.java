package org.milena.scanner.builtin.archive;

import java.io.IOException;

/** Asked before memory is taken that the archive, not the reader, decides on. */
public interface MemoryUse {

  /**
   * Takes so many octets until they are given back.
   *
   * @throws IOException when that is more than may be had
   */
  void take(long octets) throws IOException;

  /** Gives back what was taken. */
  void giveBack(long octets);
}
