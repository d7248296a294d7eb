package org.milena.common.status;

import java.util.Optional;

/**
 * An enhanced status code, {@code class.subject.detail} (RFC 3463 section 2).
 *
 * @param classDigit 2 success, 4 persistent transient failure, 5 permanent failure
 * @param subject 0 to 999, the register has 0 to 7
 * @param detail 0 to 999
 */
public record EnhancedStatus(int classDigit, int subject, int detail) {

  private static final int MAX_NUMBER = 999;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException when a number is outside
   */
  public EnhancedStatus {
    if (!isClass(classDigit)) {
      throw new IllegalArgumentException("class of an enhanced status is 2, 4 or 5");
    }
    if (subject < 0 || subject > MAX_NUMBER || detail < 0 || detail > MAX_NUMBER) {
      throw new IllegalArgumentException("subject and detail of a status are 0 to 999");
    }
  }

  /** The code that text from outside consists of; empty when it is none. */
  public static Optional<EnhancedStatus> parse(String text) {
    return leading(text).filter(_ -> text.indexOf(' ') < 0);
  }

  /** The code that text from outside begins with, followed by a space or nothing. */
  public static Optional<EnhancedStatus> leading(String text) {
    int space = text.indexOf(' ');
    String[] parts = (space < 0 ? text : text.substring(0, space)).split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    int classDigit = number(parts[0]);
    int subject = number(parts[1]);
    int detail = number(parts[2]);
    return isClass(classDigit) && subject >= 0 && detail >= 0
        ? Optional.of(new EnhancedStatus(classDigit, subject, detail))
        : Optional.empty();
  }

  /**
   * The code we wrote ourselves.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static EnhancedStatus of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an enhanced status: " + text));
  }

  private static boolean isClass(int digit) {
    return digit == 2 || digit == 4 || digit == 5;
  }

  /** One to three digits, else -1. */
  private static int number(String digits) {
    if (digits.isEmpty() || digits.length() > 3) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  /** Whether it reports a failure that lasts, one that may pass, or none. */
  public Optional<Permanence> permanence() {
    return switch (classDigit) {
      case 4 -> Optional.of(Permanence.TRANSIENT);
      case 5 -> Optional.of(Permanence.PERMANENT);
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return classDigit + "." + subject + "." + detail;
  }
}
