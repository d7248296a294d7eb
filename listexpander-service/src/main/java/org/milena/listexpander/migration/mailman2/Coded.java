package org.milena.listexpander.migration.mailman2;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A choice that Mailman writes as a number. */
interface Coded {

  /** The number. */
  int code();

  /** The choice of this number. */
  static <E extends Enum<E> & Coded> Optional<E> of(Class<E> choices, long code) {
    return Arrays.stream(choices.getEnumConstants()).filter(e -> e.code() == code).findFirst();
  }

  /** {@code "one of 0, 1, 2"}. */
  static <E extends Enum<E> & Coded> String expected(Class<E> choices) {
    return Arrays.stream(choices.getEnumConstants())
        .map(choice -> Integer.toString(choice.code()))
        .collect(Collectors.joining(", ", "one of ", ""));
  }
}
