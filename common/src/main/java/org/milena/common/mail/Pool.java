package org.milena.common.mail;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One object for equal values, mostly: for values that millions of rows repeat. It never grows,
 * since strangers may bring any number of them: a value that meets another one in its place takes
 * it. Threads may share it; at worst, two of them keep an object each.
 *
 * @param <T> immutable, with {@code equals} and {@code hashCode} by value
 */
public final class Pool<T> {
  private final AtomicReferenceArray<T> places;

  /**
   * @param size how many it keeps at most, a power of two
   */
  public Pool(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("not a power of two: " + size);
    }
    places = new AtomicReferenceArray<>(size);
  }

  /** A value that is equal to this one, the same object as before where it is kept. */
  public T same(T value) {
    int hash = value.hashCode() * 0x9E3779B9;
    int place = (hash ^ (hash >>> 16)) & (places.length() - 1);
    T kept = places.getAcquire(place);
    if (value.equals(kept)) {
      return kept;
    }
    places.setRelease(place, value);
    return value;
  }
}
