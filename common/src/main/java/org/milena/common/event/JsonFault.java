package org.milena.common.event;

import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Says what is wrong with JSON from outside, by where it stands in the body and what may stand
 * there. What Jackson says itself is for programmers of ours, and names our classes.
 */
public final class JsonFault {
  private static final String OUR_TYPES = "org.milena.common.mail.";
  private static final int MAX_VALUE = 80;

  /** The sentence. */
  public static String sentence(JacksonException cause) {
    return switch (cause) {
      case InvalidFormatException wrong ->
          "%s cannot be \"%s\": %s."
              .formatted(where(cause), shown(wrong.getValue()), wanted(wrong.getTargetType()));
      case MismatchedInputException wrong when isOurs(wrong.getTargetType()) ->
          "%s cannot be read: %s.".formatted(where(cause), shown(wrong.getOriginalMessage()));
      case MismatchedInputException wrong ->
          "%s is of the wrong kind: %s.".formatted(where(cause), wanted(wrong.getTargetType()));
      case InputCoercionException wrong ->
          "%s is out of range: %s.".formatted(where(cause), wanted(wrong.getTargetType()));
      case StreamReadException broken -> "The body is no JSON" + place(broken.getLocation()) + ".";
      default -> where(cause) + " cannot be read.";
    };
  }

  /** The place in the body, as one would write it: {@code owners[1]}. */
  private static String where(JacksonException cause) {
    StringBuilder where = new StringBuilder();
    for (JacksonException.Reference step : cause.getPath()) {
      if (step.getPropertyName() == null) {
        where.append('[').append(step.getIndex()).append(']');
      } else {
        where.append(where.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return where.isEmpty() ? "The body" : shown(where);
  }

  private static String wanted(@Nullable Class<?> type) {
    if (type == null || isOurs(type)) {
      return "something else is expected there";
    }
    if (type.isEnum()) {
      return "it is one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (type == Boolean.class || type == boolean.class) {
      return "it is true or false";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "it is a number";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "it is a text";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "it is a time as in 2026-01-31T12:00:00Z";
    }
    return Collection.class.isAssignableFrom(type) || type.isArray()
        ? "it is a list"
        : type.isRecord() || Map.class.isAssignableFrom(type)
            ? "it is an object"
            : "something else is expected there";
  }

  private static boolean isOurs(@Nullable Class<?> type) {
    return type != null && type.getName().startsWith(OUR_TYPES);
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ", seen at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** What came from outside, short and without controls. */
  public static String shown(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "�");
    return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
  }

  private JsonFault() {}
}
