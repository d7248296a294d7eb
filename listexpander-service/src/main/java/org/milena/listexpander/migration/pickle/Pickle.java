package org.milena.listexpander.migration.pickle;

/**
 * A pickle of Python 2: protocols 0, 1 and 2, as far as plain values need them.
 *
 * <p>Read are None, truth values, numbers, strings of both kinds, lists, tuples, dictionaries, sets
 * made of a list, and objects of {@code Mailman.Bouncer._BounceInfo}, of which the attributes are
 * kept. Every other class, every call, and every pointer to something outside is refused.
 *
 * <p>As Python does, octets behind the end of the pickle are not looked at.
 */
public final class Pickle {

  /** Reads a pickle within the standard limits. */
  public static PickleResult read(byte[] octets) {
    return read(octets, PickleLimits.STANDARD);
  }

  /** Reads a pickle. */
  public static PickleResult read(byte[] octets, PickleLimits limits) {
    if (octets.length > limits.octets()) {
      return new PickleResult.Refused(
          "The pickle is longer than " + limits.octets() + " octets.", limits.octets());
    }
    try {
      PickleNode root = new PickleMachine(octets, limits).run();
      return new PickleResult.Read(new Freezer(limits).freeze(root));
    } catch (Refusal refusal) {
      return refusal.asResult();
    }
  }

  private Pickle() {}
}
