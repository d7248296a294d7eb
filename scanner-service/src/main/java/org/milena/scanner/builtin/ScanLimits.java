package org.milena.scanner.builtin;

/**
 * What a message may unfold to before it is unscannable.
 *
 * @param depth multiparts and messages inside one another
 * @param parts body parts and messages altogether
 * @param archiveDepth archives inside one another
 * @param archiveEntries files in all archives of a message
 * @param unpackedBytes octets that all archives of a message unpack to
 * @param ratio unpacked to packed octets; counts only above {@link #RATIO_FLOOR}
 */
public record ScanLimits(
    int depth, int parts, int archiveDepth, int archiveEntries, long unpackedBytes, int ratio) {

  /** Below this many unpacked octets nothing is called a bomb. */
  static final long RATIO_FLOOR = 16L << 20;

  /** Checks that there is something left to scan. */
  public ScanLimits {
    if (depth < 1
        || parts < 1
        || archiveDepth < 1
        || archiveEntries < 1
        || unpackedBytes < 1
        || ratio < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  /**
   * Depth 30 and 1,000 parts: real mail stays far below, and parsers of others begin to fail far
   * above. Archives: what clamd takes by default, and a ratio that deflate reaches with nothing but
   * repetition (its bound is 1032).
   */
  public static final ScanLimits DEFAULT = new ScanLimits(30, 1000, 17, 10_000, 400L << 20, 200);
}
