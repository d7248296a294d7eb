package org.milena.listexpander.migration.mailman2;

/**
 * What became of one field of a list. Holds no value of the list, but for numbers, names of fields
 * and what should have been an address.
 */
public sealed interface FieldNote {

  /** As Mailman calls it. */
  String field();

  /** It is among the facts. */
  record Taken(String field) implements FieldNote {}

  /**
   * Nobody knows such a field.
   *
   * @param found what kind of value it has
   */
  record Unknown(String field, String found) implements FieldNote {}

  /**
   * It, or entries of it, are not what they should be, and are not among the facts.
   *
   * @param expected what it should be
   * @param found what it is
   * @param times how many entries
   */
  record Unreadable(String field, String expected, String found, int times) implements FieldNote {}

  /**
   * Octets that are no text of the character set were replaced by U+FFFD.
   *
   * @param charset the one of the list's language
   * @param times how many texts
   */
  record Replaced(String field, String charset, int times) implements FieldNote {}

  /**
   * It was understood, and left behind.
   *
   * @param reason a sentence
   */
  record Dropped(String field, String reason) implements FieldNote {}

  /** For a human, on one line. */
  default String sentence() {
    return switch (this) {
      case Taken(var field) -> field + ": taken over.";
      case Unknown(var field, var found) -> field + ": unknown; it is " + found + ".";
      case Unreadable(var field, var expected, var found, var times) ->
          field + ": should be " + expected + ", but is " + found + times(times) + ".";
      case Replaced(var field, var charset, var times) ->
          field
              + ": holds octets that are no "
              + charset
              + "; they were replaced"
              + times(times)
              + ".";
      case Dropped(var field, var reason) -> field + ": left behind. " + reason;
    };
  }

  private static String times(int times) {
    return times == 1 ? "" : " (" + times + " times)";
  }
}
