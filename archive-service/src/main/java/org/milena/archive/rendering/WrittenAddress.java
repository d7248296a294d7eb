package org.milena.archive.rendering;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.AddressMask;

/**
 * Addresses that are written in another way: as character references ({@code &#97;lice&#64;...}) or
 * percent-encoded ({@code alice%40...}). Written out in place, for each code is longer than what it
 * stands for. Only the ASCII characters of addresses are, and only where an {@code @} is among
 * them: what else is written so stays.
 *
 * <p>References of letters beyond ASCII ({@code jos&#233;@...}) are left out where they would keep
 * an address from being seen as one: which octets they are is another question, and the name is
 * hidden anyway. In the rest of a domain they stay.
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

  private static final int LONGEST_NAME = 8;

  /** Names of letters (HTML, section 13.5), and of what joins or parts them unseen. */
  private static final Pattern LETTER =
      Pattern.compile(
          "[a-z](acute|grave|circ|uml|tilde|ring|cedil|caron|slash|macr|breve|ogon|dot|dblac|strok"
              + "|midot|nodot)|(ae|oe|ij|sz)lig|eth|thorn|inodot|imath|kgreen|[a-z]{1,6}cy"
              + "|alpha|beta|gamma|delta|epsi(lon)?|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi"
              + "|omicron|pi|rho|sigmaf?|tau|upsi(lon)?|phi|chi|psi|omega|shy|zwn?j");

  /** Any letter beyond ASCII. */
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
      int sign = -1;
      boolean code = false;
      while (at < length && read(at)) {
        sign = character == '@' ? at : sign;
        code |= next > at + 1;
        at = next;
      }
      if (sign >= 0 && code) {
        size = written(start, at, sign, size);
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

  /** Writes characters with an address among them to a place before; returns where they end. */
  private int written(int start, int end, int sign, int place) {
    int size = place;
    boolean behindSign = false;
    for (int i = start; i < end && read(i); i = next) {
      if (character < BEYOND) {
        octets[size++] = (byte) character;
        behindSign = character == '@';
      } else if (i > sign && !behindSign) {
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
    return high >= 0 && low >= 0 && found(high * 16 + low, at + 3);
  }

  private boolean reference(int at) {
    if (at + 1 < length && octets[at + 1] == '#') {
      boolean hex = at + 2 < length && (octets[at + 2] | 0x20) == 'x';
      return number(at + (hex ? 3 : 2), hex ? 16 : 10);
    }
    int end = at + 1;
    while (end < length && end - at <= LONGEST_NAME && isLetter(octets[end])) {
      end++;
    }
    Integer named = end < length && octets[end] == ';' ? named(at + 1, end) : null;
    return named != null && found(named, end + 1);
  }

  /** Browsers want no semicolon behind a number. */
  private boolean number(int digits, int base) {
    int value = 0;
    int end = digits;
    for (; end < length && Character.digit(octets[end], base) >= 0; end++) {
      value = Math.min(value * base + Character.digit(octets[end], base), 0x110000);
    }
    return end > digits && found(value, end < length && octets[end] == ';' ? end + 1 : end);
  }

  private @Nullable Integer named(int from, int to) {
    StringBuilder name = new StringBuilder(LONGEST_NAME);
    for (int i = from; i < to; i++) {
      name.append((char) (octets[i] | 0x20));
    }
    Character sign = NAMES.get(name.toString());
    if (sign != null) {
      return (int) sign;
    }
    return LETTER.matcher(name).matches() ? BEYOND : null;
  }

  private boolean found(int value, int end) {
    character = value;
    next = end;
    return isOfAddress(value) || (value >= BEYOND && AddressMask.isOfName(value));
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
