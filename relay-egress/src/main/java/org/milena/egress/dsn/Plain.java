package org.milena.egress.dsn;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.milena.common.header.OneLine;

/** Text of others, made fit for a message of ours. */
final class Plain {
  private static final int LINE = 76;

  /** So that it fits on one line even without a space in it. */
  private static final int MAX_VALUE = 800;

  /** On one line, in ASCII, and not longer than this. */
  static String ascii(String text, int most) {
    return OneLine.of(text, most).replace("…", "...").replaceAll("[^ -~]", "?");
  }

  /**
   * One field of a status report, folded at spaces (RFC 5322 section 2.2.3); plain whatever the
   * value is.
   */
  static String field(String name, String value) {
    StringBuilder out = new StringBuilder(name).append(':');
    int column = out.length();
    for (String word : ascii(value, MAX_VALUE).split(" ")) {
      if (column + 1 + word.length() > LINE && column > name.length() + 1) {
        out.append("\r\n");
        column = 0;
      }
      out.append(' ').append(word);
      column += 1 + word.length();
    }
    return out.append("\r\n").toString();
  }

  /** Quoted-printable (RFC 2045 section 6.7). */
  static String quoted(byte[] text) {
    StringBuilder out = new StringBuilder(text.length * 2);
    int column = 0;
    for (int i = 0; i < text.length; i++) {
      int octet = text[i] & 0xFF;
      if (octet == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
        out.append("\r\n");
        column = 0;
        i++;
        continue;
      }
      boolean lineEnds = i + 1 == text.length || text[i + 1] == '\r';
      boolean literal =
          (octet > ' ' && octet <= '~' && octet != '=') || (octet == ' ' && !lineEnds);
      String one =
          literal ? String.valueOf((char) octet) : String.format(Locale.ROOT, "=%02X", octet);
      if (column + one.length() > LINE - 1) {
        out.append("=\r\n");
        column = 0;
      }
      out.append(one);
      column += one.length();
    }
    return out.toString();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Plain() {}
}
