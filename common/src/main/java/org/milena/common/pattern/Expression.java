package org.milena.common.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** What becomes of a regular expression (RE2), sought without regard to case. */
sealed interface Expression {

  /** Longest one. */
  int MAX_LENGTH = 500;

  /**
   * How often its counted repetitions may multiply its length. RE2 writes {@code a{1000}} out, and
   * {@code ((a{1000}){1000}){1000}} would be more than any memory holds.
   */
  int MAX_SPREAD = 100_000;

  /** Most steps of the compiled one: each octet that is looked at may take each of them. */
  int MAX_STEPS = 1_000;

  /** A range may end here: Latin, Greek, Cyrillic, Armenian and Hebrew letters come before. */
  char LAST_LETTER = '\u05FF';

  /** It can be used. */
  record Compiled(Pattern pattern) implements Expression {}

  /**
   * It cannot.
   *
   * @param reason a clause
   */
  record Broken(String reason) implements Expression {}

  /** Compiles it. */
  static Expression of(String text) {
    if (text.length() > MAX_LENGTH) {
      return new Broken("it is longer than " + MAX_LENGTH + " characters");
    }
    if (text.isEmpty()) {
      return new Broken("it is empty, and would match everything");
    }
    if (spread(text) > MAX_SPREAD) {
      return new Broken("its repetitions multiply to too much");
    }
    if (hasWideRange(text)) {
      return new Broken("a range of characters ends too far away");
    }
    try {
      Pattern pattern = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
      return pattern.programSize() > MAX_STEPS
          ? new Broken("it is too complicated")
          : new Compiled(pattern);
    } catch (PatternSyntaxException e) {
      return new Broken(e.getDescription());
    }
  }

  /**
   * Whether a range may end beyond the alphabets: without regard to case, the library walks through
   * every character of a range, and {@code [a-\x{10FFFF}]} has a million. Judged without regard to
   * whether the hyphen is one of a range, as for {@link #spread}.
   */
  private static boolean hasWideRange(String text) {
    for (int i = text.indexOf('[') + 1; i > 0 && i < text.length() - 1; i++) {
      if (text.charAt(i) != '-') {
        continue;
      }
      char end = text.charAt(i + 1);
      boolean number =
          end == '\\' && i + 2 < text.length() && "x01234567".indexOf(text.charAt(i + 2)) >= 0;
      if (number || end > LAST_LETTER) {
        return true;
      }
    }
    return false;
  }

  /**
   * An upper bound of what it grows to: its length times every count in braces, wherever they
   * stand. Not by nesting, because then a difference between our reading and the library's would be
   * a hole.
   */
  private static long spread(String text) {
    long spread = text.length();
    for (int i = text.indexOf('{'); i >= 0; i = text.indexOf('{', i + 1)) {
      long most = 1;
      long number = 0;
      for (int k = i + 1; k < text.length(); k++) {
        char c = text.charAt(k);
        if (c >= '0' && c <= '9') {
          number = Math.min(MAX_SPREAD, number * 10 + (c - '0'));
          most = Math.max(most, number + 1);
        } else if (c == ',') {
          number = 0;
        } else {
          break;
        }
      }
      spread *= most;
      if (spread > MAX_SPREAD) {
        return spread;
      }
    }
    return spread;
  }
}
