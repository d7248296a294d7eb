package org.milena.archive.rendering;

import java.util.Map;
import java.util.Set;
import org.milena.archive.message.AddressMask;

/**
 * Addresses that are written in another way: as character references ({@code &#97;lice&#64;...}) or
 * percent-encoded ({@code alice%40...}). Written out in place, for each code is longer than what it
 * stands for. Only the ASCII characters of addresses are, and only where an {@code @} is among
 * them: what else is written so stays.
 *
 * <p>References of what is not ASCII ({@code jos&#233;@...}) are left out before the {@code @} of
 * an address, for they would keep it from being seen as one: which octets they are is another
 * question, and the name is hidden anyway. A reference that nobody knows counts as one of those.
 */
final class WrittenAddress {

  /** That may stand in an address, and change nothing in the markup around it. */
  private static final String SIGNS = "@.-_+!#$*/=?^`{|}~";

  private static final Map<String, Character> NAMES =
      Map.ofEntries(
          Map.entry("commat", '@'),
          Map.entry("period", '.'),
          Map.entry("lowbar", '_'),
          Map.entry("plus", '+'),
          Map.entry("excl", '!'),
          Map.entry("num", '#'),
          Map.entry("dollar", '$'),
          Map.entry("ast", '*'),
          Map.entry("sol", '/'),
          Map.entry("equals", '='),
          Map.entry("quest", '?'),
          Map.entry("hat", '^'),
          Map.entry("grave", '`'),
          Map.entry("lcub", '{'),
          Map.entry("verbar", '|'),
          Map.entry("rcub", '}'));

  /** The longest of all has 31 letters (HTML, section 13.5). */
  private static final int LONGEST_NAME = 31;

  /** Names of what stands between words. */
  private static final Set<String> SEPARATORS =
      Set.of(
          ("nbsp ensp emsp emsp13 emsp14 thinsp hairsp numsp puncsp mediumspace tab newline lt gt"
               + " quot amp apos lsquo rsquo ldquo rdquo sbquo bdquo laquo raquo lsaquo rsaquo"
               + " ndash mdash horbar dash hyphen hellip bull bullet middot sdot comma semi colon"
               + " lpar rpar lsqb rsqb lbrack rbrack bsol copy reg trade sect para larr rarr uarr"
               + " darr harr times divide euro pound yen cent deg")
              .split(" "));

  /** What is not ASCII, as a character. */
  private static final int BEYOND = 0x80;

  private final byte[] octets;
  private final int length;
  private final boolean html;

  /** The character at a place, and where what it is written with ends. */
  private int character;

  private int next;

  private WrittenAddress(byte[] octets, int length, boolean html) {
    this.octets = octets;
    this.length = length;
    this.html = html;
  }

  /**
   * Writes them out.
   *
   * @param html whether there are character references; else only percent-encoding is looked for
   * @return how many octets there are then
   */
  static int writeOut(byte[] octets, int length, boolean html) {
    return new WrittenAddress(octets, length, html).run();
  }

  private int run() {
    int size = 0;
    int at = 0;
    while (at < length) {
      int start = at;
      int last = -1;
      int sign = -1;
      boolean code = false;
      while (at < length && read(at)) {
        sign = last;
        last = character == '@' ? at : last;
        code |= next > at + 1;
        at = next;
      }
      // one that ends the run may have its domain in what cannot be in a run
      boolean domain = at < length && (octets[at] == '&' || octets[at] == '[');
      if (last >= 0 && code) {
        size = written(start, at, domain ? last : sign, size);
      } else {
        System.arraycopy(octets, start, octets, size, at - start);
        size += at - start;
      }
      if (at < length) {
        octets[size++] = octets[at++];
      }
    }
    return size;
  }

  /**
   * Writes characters to a place before; returns where they end.
   *
   * @param sign before the domain of the last address; negative when there is none
   */
  private int written(int start, int end, int sign, int place) {
    int size = place;
    for (int i = start; i < end && read(i); i = next) {
      if (character < BEYOND) {
        octets[size++] = (byte) character;
      } else if (i > sign) {
        System.arraycopy(octets, i, octets, size, next - i);
        size += next - i;
      }
    }
    return size;
  }

  /** Whether there is one of an address. */
  private boolean read(int at) {
    int octet = octets[at];
    if ((octet == '&' && html && reference(at)) || (octet == '%' && percent(at))) {
      return true;
    }
    character = octet;
    next = at + 1;
    return octet < 0 || octet == '%' || octet == '&' || octet == '\'' || isOfAddress(octet);
  }

  private boolean percent(int at) {
    if (at + 2 >= length) {
      return false;
    }
    int high = Character.digit(octets[at + 1], 16);
    int low = Character.digit(octets[at + 2], 16);
    int value = high * 16 + low;
    // octets of other letters may stay: what they are written with is of an address itself
    return high >= 0 && low >= 0 && isOfAddress(value) && found(value, at + 3);
  }

  private boolean reference(int at) {
    if (at + 1 < length && octets[at + 1] == '#') {
      boolean hex = at + 2 < length && (octets[at + 2] | 0x20) == 'x';
      return number(at + (hex ? 3 : 2), hex ? 16 : 10);
    }
    int end = at + 1;
    while (end < length && end - at <= LONGEST_NAME && isInName(octets[end])) {
      end++;
    }
    return end > at + 1 && end < length && octets[end] == ';' && named(at + 1, end);
  }

  /** Browsers want no semicolon behind a number. */
  private boolean number(int digits, int base) {
    int value = 0;
    int end = digits;
    for (; end < length && Character.digit(octets[end], base) >= 0; end++) {
      value = Math.min(value * base + Character.digit(octets[end], base), 0x110000);
    }
    return end > digits
        && (isOfAddress(value) || isBeyond(value))
        && found(
            isOfAddress(value) ? value : BEYOND,
            end < length && octets[end] == ';' ? end + 1 : end);
  }

  /** Also what stands between words is of an address where the sign follows. */
  private boolean named(int from, int to) {
    StringBuilder name = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      name.append((char) (octets[i] | 0x20));
    }
    Character sign = NAMES.get(name.toString());
    if (sign != null) {
      return found(sign, to + 1);
    }
    boolean before = to + 1 < length && octets[to + 1] == '@';
    return (before || !SEPARATORS.contains(name.toString())) && found(BEYOND, to + 1);
  }

  private boolean found(int value, int end) {
    character = value;
    next = end;
    return true;
  }

  /** A letter, or what nobody sees: readers pass over it. */
  private static boolean isBeyond(int value) {
    return value >= BEYOND
        ? !Character.isValidCodePoint(value) || AddressMask.isOfName(value)
        : Character.isISOControl(value) && !Character.isWhitespace(value);
  }

  private static boolean isInName(int octet) {
    return isLetter(octet) || (octet >= '0' && octet <= '9');
  }

  private static boolean isOfAddress(int character) {
    return isLetter(character)
        || (character >= '0' && character <= '9')
        || (character > 0 && SIGNS.indexOf(character) >= 0);
  }

  private static boolean isLetter(int octet) {
    return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
  }
}
