package org.milena.archive.message;

/**
 * Addresses as strangers see them: {@code a…@example.org} for {@code alice@example.org}. What
 * stands before an {@code @} that a domain follows is hidden, in running text too.
 */
public final class AddressMask {

  /** The text with all addresses in it masked. One pass. */
  public static String mask(String text) {
    return mask(text, "…");
  }

  /**
   * Masked within ASCII, for octets: {@code a...@example.org}. What is masked so already stays as
   * it is.
   */
  public static String ascii(String text) {
    return mask(text, "...");
  }

  private static String mask(String text, String mark) {
    int at = text.indexOf('@');
    if (at < 0) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    int done = 0;
    while (at >= 0) {
      int start = at;
      while (start > done && isLocal(text.charAt(start - 1))) {
        start--;
      }
      boolean quoted = start == at && at > done && text.charAt(at - 1) == '"';
      if (quoted) {
        int open = text.lastIndexOf('"', at - 2);
        start = open >= done && at - open <= 70 ? open : at;
        while (start < at && start > done && isLocal(text.charAt(start - 1))) {
          start--;
        }
      }
      boolean domain = at + 1 < text.length() && isDomainStart(text.charAt(at + 1));
      if (start < at && domain && isMasked(text, start, at, mark)) {
        masked.append(text, done, at);
        done = at;
      } else if (start < at && domain) {
        masked.append(text, done, start);
        if (!quoted) {
          masked.appendCodePoint(text.codePointAt(start));
        }
        masked.append(mark);
        done = at;
      }
      at = text.indexOf('@', at + 1);
    }
    return masked.append(text, done, text.length()).toString();
  }

  /** At most one character before the mark. */
  private static boolean isMasked(String text, int start, int at, String mark) {
    int length = at - start - mark.length();
    return length >= 0
        && length <= 2
        && text.startsWith(mark, at - mark.length())
        && text.codePointCount(start, start + length) <= 1;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || isCombined(c)
        // no letters here, but in windows-1252, and octets may be read either way
        || (c >= 0x80 && c < 0xA0)
        || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
  }

  /** Accents of their own, vowel signs, and what joins letters: part of the letter before. */
  private static boolean isCombined(char c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || c == '\u200c'
        || c == '\u200d';
  }

  private static boolean isDomainStart(char c) {
    return Character.isLetterOrDigit(c) || c == '[' || Character.isSurrogate(c);
  }

  private AddressMask() {}
}
