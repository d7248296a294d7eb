package org.milena.scanner.authentication.dkim;

import java.security.MessageDigest;

/** The SHA-256 of a canonical body, or of its beginning, taken up piece by piece. */
final class BodyHash implements OctetSink {

  private final MessageDigest digest = Algorithm.sha256();
  private final long limit;
  private long total;
  private byte[] value = {};

  /**
   * An empty one.
   *
   * @param limit how many octets count
   */
  BodyHash(long limit) {
    this.limit = limit;
  }

  @Override
  public void write(byte[] octets, int offset, int length) {
    if (total < limit) {
      digest.update(octets, offset, (int) Math.min(length, limit - total));
    }
    total += length;
  }

  BodyHash end() {
    value = digest.digest();
    return this;
  }

  /** Octets of the whole canonical body. */
  long total() {
    return total;
  }

  boolean isWhole() {
    return limit >= total;
  }

  boolean equalsHash(byte[] claimed) {
    return MessageDigest.isEqual(value, claimed);
  }
}
