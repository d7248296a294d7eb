package org.milena.common.directory;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** Names of saved searches: a line that can be seen, told apart without regard to case. */
public final class SearchName {
  /** Code points. */
  public static final int LONGEST = 100;

  /** What a name must be, as a sentence. */
  public static final String RULE =
      "A search has a name of 1 to "
          + LONGEST
          + " characters that can be seen, without control characters.";

  /**
   * A name as it is kept: composed (NFC), without spaces around it and with one between words.
   * Empty where it cannot be one.
   */
  public static Optional<String> of(String typed) {
    String name =
        Normalizer.normalize(typed, Normalizer.Form.NFC).strip().replaceAll("\\p{Zs}+", " ");
    boolean fits =
        name.codePointCount(0, name.length()) <= LONGEST
            && name.codePoints().noneMatch(SearchName::controls)
            && name.codePoints().anyMatch(SearchName::canBeSeen);
    return fits ? Optional.of(name) : Optional.empty();
  }

  /** What two names have in common that are the same. */
  public static String folded(String name) {
    // first upper case: some letters have two small forms, and some capitals are two letters
    return Normalizer.normalize(
        name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /** Whether two names are the same: no account keeps two of them. */
  public static boolean same(String one, String other) {
    return folded(one).equals(folded(other));
  }

  /** What ends a line, turns the direction of what is beside it, or is half a character. */
  private static boolean controls(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> turns(codePoint);
    };
  }

  /** Embeddings, overrides and isolates (Unicode Standard Annex 9 section 2). */
  private static boolean turns(int codePoint) {
    return (codePoint >= 0x202a && codePoint <= 0x202e)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  private static boolean canBeSeen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          false;
      default -> true;
    };
  }

  private SearchName() {}
}
