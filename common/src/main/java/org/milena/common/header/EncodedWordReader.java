package org.milena.common.header;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the encoded words of one text from front to end. Each character is looked at a constant
 * number of times, also in text made of word beginnings that never end.
 */
final class EncodedWordReader {

  private static final int MAX_CHARSET = 60;

  private final String text;
  private final StringBuilder out;

  // octets of the words read last, not decoded yet, because the next word may complete them
  private final Octets pending = new Octets();
  private @Nullable String pendingCharset;

  // where the next "?=" lies, found ahead; -2 before the first search
  private int nextEnd = -2;

  EncodedWordReader(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  String read() {
    int i = 0;
    while (i < text.length()) {
      int start = text.indexOf("=?", i);
      int afterWord = start < 0 ? -1 : word(start, i);
      if (afterWord >= 0) {
        i = afterWord;
        continue;
      }
      flush();
      int literalEnd = start < 0 ? text.length() : start + 2;
      out.append(text, i, literalEnd);
      i = literalEnd;
    }
    flush();
    return out.toString();
  }

  /** Reads the word at {@code start}; the index after it, or -1 when there is none. */
  private int word(int start, int gapStart) {
    int charsetEnd = charsetEnd(start + 2);
    if (charsetEnd < 0 || charsetEnd + 2 >= text.length() || text.charAt(charsetEnd + 2) != '?') {
      return -1;
    }
    char encoding = text.charAt(charsetEnd + 1);
    boolean base64 = encoding == 'b' || encoding == 'B';
    if (!base64 && encoding != 'q' && encoding != 'Q') {
      return -1;
    }
    int contentStart = charsetEnd + 3;
    int contentEnd = endAfter(contentStart);
    if (contentEnd < 0) {
      return -1;
    }
    int nested = text.indexOf("=?", contentStart);
    if (nested >= 0 && nested < contentEnd && charsetEnd(nested + 2) >= 0 && isEncoding(nested)) {
      return -1; // this one was never finished, the next one is whole
    }
    beginWord(gapStart, start, charset(start + 2, charsetEnd));
    if (base64) {
      readBase64(contentStart, contentEnd);
    } else {
      readQuoted(contentStart, contentEnd);
    }
    return contentEnd + 2;
  }

  private boolean isEncoding(int wordStart) {
    int end = charsetEnd(wordStart + 2);
    return end + 2 < text.length()
        && "bBqQ".indexOf(text.charAt(end + 1)) >= 0
        && text.charAt(end + 2) == '?';
  }

  private int charsetEnd(int from) {
    int limit = Math.min(text.length(), from + MAX_CHARSET);
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '?') {
        return i > from ? i : -1;
      }
      if (c <= ' ' || c > '~' || c == '=') {
        return -1;
      }
    }
    return -1;
  }

  private int endAfter(int from) {
    if (nextEnd != -1 && nextEnd < from) {
      nextEnd = text.indexOf("?=", from);
    }
    return nextEnd;
  }

  private String charset(int from, int to) {
    String name = text.substring(from, to).toLowerCase(Locale.ROOT);
    int language = name.indexOf('*'); // RFC 2231 section 5
    return language < 0 ? name : name.substring(0, language);
  }

  /**
   * What stands between the last word and this one is text, unless both are words and it is space.
   */
  private void beginWord(int gapStart, int gapEnd, String charset) {
    boolean joined = pendingCharset != null && isBlank(gapStart, gapEnd);
    if (!joined || !charset.equals(pendingCharset)) {
      flush();
    }
    if (!joined) {
      out.append(text, gapStart, gapEnd);
    }
    pendingCharset = charset;
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return false;
      }
    }
    return true;
  }

  private void flush() {
    String charset = pendingCharset;
    if (charset != null) {
      String decoded = pending.decode(charset);
      out.append(
          decoded
              .replace("\r\n", " ")
              .replace('\n', ' ')
              .replace('\r', ' ')
              .replace('\0', '\uFFFD'));
      pending.reset();
      pendingCharset = null;
    }
  }

  /** Takes digits where it finds them; wrong characters and missing padding do no harm. */
  private void readBase64(int from, int to) {
    int bits = 0;
    int held = 0;
    for (int i = from; i < to; i++) {
      int digit = Base64Digits.value(text.charAt(i));
      if (digit >= 0) {
        bits = bits << 6 | digit;
        held += 6;
        if (held >= 8) {
          held -= 8;
          pending.write(bits >>> held);
          bits &= (1 << held) - 1;
        }
      } else if (text.charAt(i) == '=') {
        bits = 0;
        held = 0;
      }
    }
  }

  private void readQuoted(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int octet = c == '=' ? hex(i + 1, to) : -1;
      if (octet >= 0) {
        pending.write(octet);
        i += 2;
      } else if (c < 0x80) {
        pending.write(c == '_' ? ' ' : c);
      } else {
        // octets a broken program left raw were decoded with the field: back to octets
        int rawEnd = i + 1;
        while (rawEnd < to && text.charAt(rawEnd) >= 0x80) {
          rawEnd++;
        }
        pending.writeBytes(text.substring(i, rawEnd).getBytes(StandardCharsets.UTF_8));
        i = rawEnd - 1;
      }
    }
  }

  private int hex(int at, int to) {
    if (at + 2 > to) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
