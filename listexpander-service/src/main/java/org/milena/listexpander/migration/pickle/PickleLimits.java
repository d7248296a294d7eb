package org.milena.listexpander.migration.pickle;

/**
 * How much of a pickle is read before it is refused.
 *
 * @param octets the longest pickle
 * @param values how often something may be put on the stack, and how many values the result may
 *     have when everything that is shared is written out
 * @param writtenOut octets of all texts of the result when everything that is shared is written out
 * @param depth how deep lists and dictionaries may lie in each other, and how many marks may be
 *     open
 * @param memo how many values may be remembered
 * @param digits the longest whole number, in decimal digits
 */
public record PickleLimits(
    int octets, int values, int writtenOut, int depth, int memo, int digits) {

  /** Room for a list of well over 100,000 members. */
  public static final PickleLimits STANDARD =
      new PickleLimits(32 << 20, 3_000_000, 64 << 20, 100, 3_000_000, 64);

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException when one is below 1, or the depth, which a recursion follows,
   *     is above 1,000
   */
  public PickleLimits {
    if (octets < 1 || values < 1 || writtenOut < 1 || memo < 0 || digits < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
    if (depth < 1 || depth > 1_000) {
      throw new IllegalArgumentException("depth is 1 to 1000");
    }
  }
}
