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

  /**
   * What two names have in common that are the same: without regard to case, and to what nobody
   * sees. Joiners inside a word are seen, in Persian or between emoji.
   */
  public static String folded(String name) {
    StringBuilder seen = new StringBuilder();
    int joiner = 0;
    int before = ' ';
    for (int point : name.codePoints().toArray()) {
      if (isBlank(point)) {
        joiner = joins(point) && joiner == 0 ? point : joiner;
        continue;
      }
      if (joiner != 0 && !Character.isSpaceChar(before) && !Character.isSpaceChar(point)) {
        seen.appendCodePoint(joiner);
      }
      seen.appendCodePoint(point);
      joiner = 0;
      before = point;
    }
    String one = seen.toString().strip().replaceAll("\\p{Zs}+", " ");
    // first upper case: some letters have two small forms, and some capitals are two letters
    return Normalizer.normalize(
        one.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
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
    return within(codePoint, 0x202a, 0x202e) || within(codePoint, 0x2066, 0x2069);
  }

  private static boolean canBeSeen(int codePoint) {
    return !isBlank(codePoint)
        && switch (Character.getType(codePoint)) {
          case Character.FORMAT,
              Character.SPACE_SEPARATOR,
              Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              false;
          default -> true;
        };
  }

  private static boolean joins(int codePoint) {
    return codePoint == 0x200c || codePoint == 0x200d;
  }

  /**
   * Signs that show nothing: of the property Default_Ignorable_Code_Point (Unicode Standard section
   * 5.21; {@code DerivedCoreProperties.txt} of Unicode 16), and the blank Braille pattern.
   */
  private static boolean isBlank(int codePoint) {
    return switch (codePoint) {
      case 0x00ad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xfeff, 0xffa0 ->
          true;
      default ->
          within(codePoint, 0x180b, 0x180f)
              || within(codePoint, 0x200b, 0x200f)
              || within(codePoint, 0x202a, 0x202e)
              || within(codePoint, 0x2060, 0x206f)
              || within(codePoint, 0xfe00, 0xfe0f)
              || within(codePoint, 0xfff0, 0xfff8)
              || within(codePoint, 0x1bca0, 0x1bca3)
              || within(codePoint, 0x1d173, 0x1d17a)
              || within(codePoint, 0xe0000, 0xe0fff);
    };
  }

  private static boolean within(int codePoint, int first, int last) {
    return codePoint >= first && codePoint <= last;
  }

  private SearchName() {}
}
