package org.milena.common.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A message as its octets (RFC 5322), exactly as they came: nothing is decoded, no line end mended.
 *
 * <p>Never changes, so it may be shared between threads. Equal when the octets are.
 */
public final class RawMessage {

  private final byte[] bytes;

  // both computed when first asked for; two threads may compute the same value twice
  private @Nullable String sha256;
  private int hash;

  private RawMessage(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A message of a copy of these octets. */
  public static RawMessage copyOf(byte[] bytes) {
    return new RawMessage(bytes.clone());
  }

  /** A message that owns this array from now on: the caller must not touch it again. */
  public static RawMessage wrap(byte[] bytes) {
    return new RawMessage(bytes);
  }

  /** In octets. */
  public int size() {
    return bytes.length;
  }

  /** A copy the caller may change. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * Writes all octets; does not flush.
   *
   * @throws IOException when the stream refuses
   */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  /** A read-only view with a position of its own. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /**
   * The array itself, without a copy. For trusted code that only reads and needs an array: parsers,
   * digests, the Kafka producer. Whoever writes into it breaks every holder of this message.
   */
  public byte[] unsafeBytes() {
    return bytes;
  }

  /** The SHA-256 of the octets in lower-case hex. */
  public String sha256() {
    String known = sha256;
    if (known == null) {
      try {
        var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        known = HexFormat.of().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has SHA-256", e);
      }
      sha256 = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof RawMessage that && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(bytes);
      hash = known;
    }
    return known;
  }

  /** The size only: content does not belong in logs. */
  @Override
  public String toString() {
    return "RawMessage[" + bytes.length + " octets]";
  }
}
