package org.milena.scanner.builtin;

import java.time.Duration;

/**
 * What a message may unfold to before it is unscannable.
 *
 * @param depth multiparts and messages inside one another
 * @param parts body parts and messages altogether
 * @param archiveDepth archives inside one another
 * @param archiveEntries files in all archives of a message
 * @param unpackedBytes octets that all archives of a message unpack to
 * @param ratio unpacked to packed octets; counts only above {@link #RATIO_FLOOR}
 * @param memoryBytes what archives of a message may ask for at one time: dictionaries, and 7z
 *     archives that must be held; at most a quarter of the heap
 * @param time from its first octet to its last; waiting for memory does not count
 */
public record ScanLimits(
    int depth,
    int parts,
    int archiveDepth,
    int archiveEntries,
    long unpackedBytes,
    int ratio,
    long memoryBytes,
    Duration time) {

  /** Below this many unpacked octets nothing is called a bomb. */
  static final long RATIO_FLOOR = 16L << 20;

  /** Checks that there is something left to scan. */
  public ScanLimits {
    if (depth < 1
        || parts < 1
        || archiveDepth < 1
        || archiveEntries < 1
        || unpackedBytes < 1
        || ratio < 1
        || memoryBytes < 1
        || !time.isPositive()) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  /**
   * Depth 30 and 1,000 parts: real mail stays far below, and parsers of others begin to fail far
   * above. Archives: what clamd takes by default, and a ratio that deflate reaches with nothing but
   * repetition (its bound is 1032). Memory: the dictionary of {@code xz -9} is 64 MiB. Time: with
   * the 20 s that a scan may wait for memory, below the 50 s after which its guard gives up.
   */
  public static final ScanLimits DEFAULT =
      new ScanLimits(30, 1000, 17, 10_000, 400L << 20, 200, 96L << 20, Duration.ofSeconds(20));
}
