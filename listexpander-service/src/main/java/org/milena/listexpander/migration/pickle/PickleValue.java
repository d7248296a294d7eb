package org.milena.listexpander.migration.pickle;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plain value of Python. Never changes, holds no cycle.
 *
 * <p>Prints no text: it may be a password.
 */
public sealed interface PickleValue {

  /** A byte string ({@code str} of Python 2): octets of an unknown character set. */
  final class Text implements PickleValue {
    private final byte[] octets;

    private Text(byte[] octets) {
      this.octets = octets;
    }

    /** A text of a copy of these octets. */
    public static Text copyOf(byte[] octets) {
      return new Text(octets.clone());
    }

    static Text wrap(byte[] octets) {
      return new Text(octets);
    }

    /** In octets. */
    public int size() {
      return octets.length;
    }

    /** A copy the caller may change. */
    public byte[] toByteArray() {
      return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Text that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
      return "Text[" + octets.length + " octets]";
    }
  }

  /**
   * A text of characters ({@code unicode}).
   *
   * @param text well-formed; what was not is U+FFFD
   */
  record Unicode(String text) implements PickleValue {
    @Override
    public String toString() {
      return "Unicode[" + text.length() + " characters]";
    }
  }

  /** A whole number ({@code int}, {@code long}). */
  record Int(BigInteger number) implements PickleValue {}

  /** A number with a fraction ({@code float}). */
  record Real(double number) implements PickleValue {}

  /** True or false. */
  record Bool(boolean isTrue) implements PickleValue {}

  /** Python's {@code None}. */
  record None() implements PickleValue {}

  /** A list, tuple or set, in the order of the pickle. */
  record Items(List<PickleValue> items) implements PickleValue {
    /** Copies. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * A dictionary.
   *
   * @param map keys are no collections; sorted by {@link #KEYS}, so that no choice of keys makes
   *     the map slow
   */
  record Entries(Map<PickleValue, PickleValue> map) implements PickleValue {

    /** Kinds in the order of this file, each by its value. */
    public static final Comparator<PickleValue> KEYS = Entries::compare;

    /**
     * Copies.
     *
     * @throws IllegalArgumentException when a key is a collection
     */
    public Entries {
      TreeMap<PickleValue, PickleValue> sorted = new TreeMap<>(KEYS);
      sorted.putAll(map);
      map = Collections.unmodifiableMap(sorted);
    }

    /** Whether this may be a key. */
    static boolean isKey(PickleValue value) {
      return rank(value) < 6;
    }

    private static int compare(PickleValue a, PickleValue b) {
      return switch (a) {
        case Text x when b instanceof Text y -> Arrays.compareUnsigned(x.octets, y.octets);
        case Unicode(var x) when b instanceof Unicode(var y) -> x.compareTo(y);
        case Int(var x) when b instanceof Int(var y) -> x.compareTo(y);
        case Real(var x) when b instanceof Real(var y) -> Double.compare(x, y);
        case Bool(var x) when b instanceof Bool(var y) -> Boolean.compare(x, y);
        default -> {
          if (!isKey(a) || !isKey(b)) {
            throw new IllegalArgumentException("a collection is no key");
          }
          yield Integer.compare(rank(a), rank(b));
        }
      };
    }

    private static int rank(PickleValue value) {
      return switch (value) {
        case Text _ -> 0;
        case Unicode _ -> 1;
        case Int _ -> 2;
        case Real _ -> 3;
        case Bool _ -> 4;
        case None _ -> 5;
        case Items _ -> 6;
        case Entries _ -> 7;
        case Instance _ -> 8;
      };
    }
  }

  /**
   * What an object of an allowed class held; the class itself is not known here.
   *
   * @param className with its module
   * @param state its attributes by name
   */
  record Instance(String className, Entries state) implements PickleValue {}

  /** What kind of value this is, for a human, without the value. */
  default String kind() {
    return switch (this) {
      case Text _ -> "a byte string";
      case Unicode _ -> "a text";
      case Int _ -> "a whole number";
      case Real _ -> "a fraction";
      case Bool _ -> "true or false";
      case None _ -> "nothing";
      case Items _ -> "a list";
      case Entries _ -> "a dictionary";
      case Instance _ -> "an object";
    };
  }
}
