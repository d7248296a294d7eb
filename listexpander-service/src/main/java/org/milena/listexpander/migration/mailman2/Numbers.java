package org.milena.listexpander.migration.mailman2;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.milena.listexpander.migration.pickle.PickleValue;

/**
 * Numbers as Mailman has them: whole ones may be fractions or truth values, and the other way
 * round. Empty where a value is none.
 */
final class Numbers {
  private static final int LONG_BITS = 63;

  /** End of the year 9999, in seconds. */
  private static final double LAST_SECOND = 253_402_300_799d;

  static Optional<Boolean> truth(PickleValue value) {
    return fraction(value).map(number -> number != 0);
  }

  static Optional<Long> whole(PickleValue value) {
    return switch (value) {
      case PickleValue.Int(var number) -> whole(number);
      case PickleValue.Real(var number)
          when Math.rint(number) == number && Math.abs(number) < 1L << 53 ->
          Optional.of((long) number);
      case PickleValue.Bool(var isTrue) -> Optional.of(isTrue ? 1L : 0L);
      default -> Optional.empty();
    };
  }

  private static Optional<Long> whole(BigInteger number) {
    return number.bitLength() <= LONG_BITS ? Optional.of(number.longValue()) : Optional.empty();
  }

  static Optional<Double> fraction(PickleValue value) {
    return switch (value) {
      case PickleValue.Int(var number) -> Optional.of(number.doubleValue());
      case PickleValue.Real(var number) when Double.isFinite(number) -> Optional.of(number);
      case PickleValue.Bool(var isTrue) -> Optional.of(isTrue ? 1d : 0d);
      default -> Optional.empty();
    };
  }

  static Optional<Instant> moment(PickleValue value) {
    return fraction(value)
        .filter(seconds -> seconds >= 0 && seconds <= LAST_SECOND)
        .map(seconds -> Instant.ofEpochMilli((long) (seconds * 1_000)));
  }

  static Optional<Duration> seconds(PickleValue value) {
    return fraction(value)
        .filter(seconds -> seconds >= 0 && seconds <= LAST_SECOND)
        .map(seconds -> Duration.ofMillis((long) (seconds * 1_000)));
  }

  /** A day as year, month and day. */
  static Optional<LocalDate> day(PickleValue value) {
    if (!(value instanceof PickleValue.Items(var items)) || items.size() != 3) {
      return Optional.empty();
    }
    List<Long> parts = items.stream().flatMap(item -> whole(item).stream()).toList();
    if (parts.size() != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.of(
              Math.toIntExact(parts.get(0)),
              Math.toIntExact(parts.get(1)),
              Math.toIntExact(parts.get(2))));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private Numbers() {}
}
