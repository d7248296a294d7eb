package org.milena.common.header;

/** Reads UTF-7 (RFC 2152), which the JDK does not know and old mail still has. */
final class Utf7 {

  private Utf7() {}

  static String decode(byte[] bytes, int from, int to) {
    var text = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (b != '+') {
        text.append(b < 0 ? '\uFFFD' : (char) b);
        i++;
      } else if (i + 1 < to && bytes[i + 1] == '-') {
        text.append('+');
        i += 2;
      } else {
        i = shifted(bytes, i + 1, to, text);
      }
    }
    return text.toString();
  }

  /** Reads modified base64 of UTF-16; gives the index after it and the hyphen that may end it. */
  private static int shifted(byte[] bytes, int from, int to, StringBuilder text) {
    int bits = 0;
    int held = 0;
    int i = from;
    while (i < to) {
      int digit = Base64Digits.value(bytes[i]);
      if (digit < 0) {
        break;
      }
      bits = bits << 6 | digit;
      held += 6;
      if (held >= 16) {
        held -= 16;
        text.append((char) (bits >>> held));
        bits &= (1 << held) - 1;
      }
      i++;
    }
    return i < to && bytes[i] == '-' ? i + 1 : i;
  }
}
