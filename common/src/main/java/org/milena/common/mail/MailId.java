package org.milena.common.mail;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Our name for one mail on its way through the stages: a UUID of version 7, so that names sort by
 * the time they were given (RFC 9562 section 5.7).
 */
public record MailId(UUID value) implements Comparable<MailId> {

  /**
   * Checks the version.
   *
   * @throws IllegalArgumentException when it is not 7
   */
  public MailId {
    if (!isVersion7(value)) {
      throw new IllegalArgumentException("a mail id is a UUID of version 7");
    }
  }

  /**
   * The next id. The 12 bits after the milliseconds carry the clock's finer part (RFC 9562 section
   * 6.2, method 3), so ids from one clock keep their order to a quarter of a microsecond without
   * any shared state, and the same clock and seed give the same id.
   */
  public static MailId next(InstantSource clock, RandomGenerator random) {
    Instant now = clock.instant();
    long fraction = (now.getNano() % 1_000_000L) * 4096 / 1_000_000;
    long high = now.toEpochMilli() << 16 | 0x7000 | fraction;
    long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
    return new MailId(new UUID(high, low));
  }

  /**
   * An id of this one's time whose other 62 bits are these.
   *
   * @param bits the two highest are not looked at
   */
  public MailId withLow(long bits) {
    long low = (bits & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new MailId(new UUID(value.getMostSignificantBits(), low));
  }

  /** The id in text from outside; empty when that is not 36 characters of a version 7 UUID. */
  public static Optional<MailId> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      var uuid = UUID.fromString(text);
      boolean canonical = uuid.toString().equalsIgnoreCase(text);
      return canonical && isVersion7(uuid) ? Optional.of(new MailId(uuid)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * The id we wrote ourselves.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static MailId of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a mail id: " + text));
  }

  private static boolean isVersion7(UUID value) {
    return value.version() == 7 && value.variant() == 2;
  }

  /** When the id was given, to the millisecond. */
  public Instant time() {
    return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
  }

  /** By time. */
  @Override
  public int compareTo(MailId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
