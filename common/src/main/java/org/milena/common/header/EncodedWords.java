package org.milena.common.header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Text outside ASCII in header fields: encoded words (RFC 2047), read tolerantly, written strictly.
 */
public final class EncodedWords {

  /** Longest encoded word (RFC 2047 section 2). */
  private static final int MAX_WORD = 75;

  /** Longest line that holds one. */
  private static final int MAX_LINE = 76;

  private static final String START = "=?UTF-8?";
  private static final String END = "?=";
  private static final int OVERHEAD = START.length() + 2 + END.length();

  private EncodedWords() {}

  /**
   * The text for people. White space between encoded words disappears, and the octets of neighbours
   * in one character set are joined before they are decoded, since programs cut characters in two.
   * A broken word stays as it is.
   *
   * <p>Line breaks and NUL that were hidden in a word become a space and U+FFFD, so that the result
   * cannot smuggle a field into a header it is written to.
   */
  public static String decode(String text) {
    return text.contains("=?") ? new EncodedWordReader(text).read() : text;
  }

  /**
   * The text as it may stand in a field: words outside ASCII become encoded words of at most 75
   * characters, in UTF-8, with spaces between where lines can be folded; other words stay readable.
   * {@link #decode} gives the text back, except for white space around it.
   */
  public static String encode(String text) {
    return encode(text, MAX_WORD, true);
  }

  /** Like {@link #encode}, for the start of a field of this name. */
  static String encodeFor(String fieldName, String text) {
    // text may bring encoded words of its own here; those must not be encoded again
    return encode(text, MAX_LINE - fieldName.length() - 2, false);
  }

  /** All of it as one phrase (RFC 5322 section 3.2.5). */
  static String encodePhrase(String text) {
    var words = new ArrayList<String>();
    encodeRun(text, MAX_WORD, words);
    return String.join(" ", words);
  }

  private static String encode(String text, int firstRoom, boolean alsoLookAlikes) {
    if (!needsEncoding(text, 0, text.length(), alsoLookAlikes)) {
      return text;
    }
    var encoded = new StringBuilder(text.length() * 3);
    int i = 0;
    while (i < text.length()) {
      int wordEnd = wordEnd(text, i);
      if (!needsEncoding(text, i, wordEnd, alsoLookAlikes)) {
        int next = spaceEnd(text, wordEnd);
        encoded.append(text, i, next);
        i = next;
        continue;
      }
      int runEnd = wordEnd;
      int next = spaceEnd(text, runEnd);
      while (next < text.length()
          && needsEncoding(text, next, wordEnd(text, next), alsoLookAlikes)) {
        runEnd = wordEnd(text, next);
        next = spaceEnd(text, runEnd);
      }
      int run = i;
      if (encoded.length() > 2 && endsWithEncodedWord(encoded)) {
        run = i - 1; // the space between two encoded words is not seen, so it goes inside
      }
      if (text.startsWith("=?", next) && next > runEnd) {
        // likewise before an encoded word that the text brought along
        runEnd = next;
        encodeInto(encoded, text.substring(run, runEnd), i == 0 ? firstRoom : MAX_WORD);
        encoded.append(' ');
      } else {
        encodeInto(encoded, text.substring(run, runEnd), i == 0 ? firstRoom : MAX_WORD);
        encoded.append(text, runEnd, next);
      }
      i = next;
    }
    return encoded.toString();
  }

  private static void encodeInto(StringBuilder encoded, String run, int firstRoom) {
    var words = new ArrayList<String>();
    encodeRun(run, firstRoom, words);
    encoded.append(String.join(" ", words));
  }

  private static boolean endsWithEncodedWord(StringBuilder encoded) {
    int last = encoded.length() - 1;
    return encoded.charAt(last) == ' '
        && encoded.charAt(last - 1) == '='
        && encoded.charAt(last - 2) == '?';
  }

  private static int wordEnd(String text, int from) {
    int i = from;
    while (i < text.length() && !isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int spaceEnd(String text, int from) {
    int i = from;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean needsEncoding(String text, int from, int to, boolean alsoLookAlikes) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c > '~' || (c < ' ' && c != '\t')) {
        return true;
      }
      if (alsoLookAlikes && c == '=' && i + 1 < to && text.charAt(i + 1) == '?') {
        return true;
      }
    }
    return false;
  }

  /** Cuts a run into encoded words, between characters. */
  private static void encodeRun(String run, int firstRoom, List<String> words) {
    boolean quoted = isMostlyPlain(run);
    // below a third of a line it is better to let the first word stick out than to shred it
    int room = (firstRoom >= MAX_WORD / 3 ? Math.min(firstRoom, MAX_WORD) : MAX_WORD) - OVERHEAD;
    int start = 0;
    int octets = 0;
    int length = 0;
    for (int i = 0; i < run.length(); ) {
      int width = Character.charCount(run.codePointAt(i));
      String character = run.substring(i, i + width);
      int more = character.getBytes(StandardCharsets.UTF_8).length;
      int newLength = quoted ? length + quotedLength(character) : (octets + more + 2) / 3 * 4;
      if (newLength > room && i > start) {
        words.add(word(run.substring(start, i), quoted));
        room = MAX_WORD - OVERHEAD;
        start = i;
        octets = 0;
        newLength = quoted ? quotedLength(character) : (more + 2) / 3 * 4;
      }
      octets += more;
      length = newLength;
      i += width;
    }
    words.add(word(run.substring(start), quoted));
  }

  private static String word(String text, boolean quoted) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    if (!quoted) {
      return START + "B?" + Base64.getEncoder().encodeToString(octets) + END;
    }
    var word = new StringBuilder(MAX_WORD).append(START).append("Q?");
    for (byte octet : octets) {
      if (octet == ' ') {
        word.append('_');
      } else if (isPlainInPhrase(octet)) {
        word.append((char) octet);
      } else {
        word.append('=');
        word.append(Character.toUpperCase(Character.forDigit(octet >> 4 & 0xF, 16)));
        word.append(Character.toUpperCase(Character.forDigit(octet & 0xF, 16)));
      }
    }
    return word.append(END).toString();
  }

  /** Then most of it stays readable; the rest is shorter in base64. */
  private static boolean isMostlyPlain(String text) {
    return 2 * text.chars().filter(c -> c > '~').count() <= text.length();
  }

  private static int quotedLength(String text) {
    int length = 0;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      length += octet == ' ' || isPlainInPhrase(octet) ? 1 : 3;
    }
    return length;
  }

  /** The narrowest alphabet, of RFC 2047 section 5 (3), since a word may land in a phrase. */
  private static boolean isPlainInPhrase(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '!'
        || b == '*'
        || b == '+'
        || b == '-'
        || b == '/';
  }
}
