package org.milena.scanner.builtin.document;

import org.milena.scanner.builtin.document.PdfValue.Reference;

/**
 * What went by last of a PDF: a word, and the two numbers before {@code obj}.
 *
 * <p>A forged table lets a program begin at any octet, and programs skip comments and any number of
 * blanks between the two numbers, and take signs and points. So all that may be such a header is
 * followed, from wherever it may begin.
 */
final class PdfWords {

  /** Of the file: a word, the numbers before it and blanks; a power of two. */
  private static final int REMEMBERED = 64;

  private static final int MOST_DIGITS = 12;
  static final Reference NO_NUMBERS = new Reference(-1, -1);

  // what goes by may be many of these at once; each again in a form that nobody writes
  private static final int FIRST = 0b0000_0001;
  private static final int GAP = 0b0000_0010;
  private static final int SECOND = 0b0000_0100;
  private static final int BEHIND = 0b0000_1000;
  private static final int PLAIN = 0b0000_1111;
  private static final int ODD = 0b1111_0000;
  private static final int TO_ODD = 4;
  private static final int FIRST_COMMENT = 0b01_0000_0000;
  private static final int SECOND_COMMENT = 0b10_0000_0000;
  private static final int COMMENTS = FIRST_COMMENT | SECOND_COMMENT;

  private final byte[] remembered = new byte[REMEMBERED];
  private int count;
  private int states;
  private int beforeWord;

  /** The next octet of the file. */
  void next(int octet) {
    remembered[count++ & (REMEMBERED - 1)] = (byte) octet;
    if (octet == 'o') {
      beforeWord = states;
    }
    if (states != 0 || octet <= '9') {
      states = follow(octet);
    }
  }

  private int follow(int octet) {
    return switch (octet) {
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> inComments() | digit() | FIRST;
      case '+', '-', '.' -> inComments() | odd(digit() | FIRST);
      case 'e', 'E' -> inComments() | odd(digit());
      case '%' ->
          inComments()
              | (is(FIRST | GAP) ? FIRST_COMMENT : 0)
              | (is(SECOND | BEHIND) ? SECOND_COMMENT : 0);
      case '\r', '\n' -> // ends comments
          blank()
              | odd(
                  ((states & FIRST_COMMENT) != 0 ? GAP : 0)
                      | ((states & SECOND_COMMENT) != 0 ? BEHIND : 0));
      case 0x0B, 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0xA0 -> // blanks to some libraries
          inComments() | odd(blank());
      default -> inComments() | (PdfReader.isBlank(octet) ? blank() : 0);
    };
  }

  private int inComments() {
    return states & COMMENTS;
  }

  private int digit() {
    return of(FIRST | SECOND) | (of(GAP) << 1);
  }

  private int blank() {
    return of(GAP | BEHIND) | (of(FIRST | SECOND) << 1);
  }

  private boolean is(int plain) {
    return of(plain) != 0;
  }

  private int of(int plain) {
    return states & (plain | (plain << TO_ODD));
  }

  private static int odd(int states) {
    return ((states & PLAIN) << TO_ODD) | (states & ODD);
  }

  /** Whether programs may read other numbers before {@code obj} than {@link #numbers()} are. */
  boolean areNumbersUnclear() {
    boolean isHeader = (beforeWord & (SECOND | BEHIND)) != 0;
    boolean isOdd = (beforeWord & ODD & ((SECOND | BEHIND) << TO_ODD)) != 0;
    Reference numbers = numbers();
    return isOdd || (isHeader && (numbers.number() < 0 || numbers.generation() < 0));
  }

  /** The two numbers before {@code obj}. */
  Reference numbers() {
    int generation = behind(4, true);
    int generationEnds = behind(generation, false);
    int number = behind(generationEnds, true);
    int numberEnds = behind(number, false);
    boolean isThere =
        generationEnds > generation
            && number > generationEnds
            && numberEnds > number
            && numberEnds < REMEMBERED;
    return isThere
        ? new Reference(number(number, numberEnds), number(generation, generationEnds))
        : NO_NUMBERS;
  }

  /** Where blanks or digits that end so far back begin. */
  private int behind(int from, boolean blanks) {
    int i = from;
    while (i < REMEMBERED && (blanks ? PdfReader.isBlank(before(i)) : isDigit(before(i)))) {
      i++;
    }
    return i;
  }

  private long number(int last, int end) {
    if (end - last > MOST_DIGITS) {
      return NO_NUMBERS.number();
    }
    long number = 0;
    for (int i = end - 1; i >= last; i--) {
      number = number * 10 + (before(i) - '0');
    }
    return number;
  }

  /** Whether this word has just gone by. */
  boolean endsWith(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (before(word.length() - i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The octet so far back; 1 is the last. */
  int before(int distance) {
    return remembered[(count - distance) & (REMEMBERED - 1)] & 0xFF;
  }

  private static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }
}
