package org.milena.common.outgoing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Text that is readable for people and survives every way of mail (RFC 2045 section 6.7). */
public final class QuotedPrintable {
  private static final String HEX = "0123456789ABCDEF";
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};

  /** Longest encoded line, without the sign of a soft break. */
  private static final int MAX_COLUMN = 75;

  /** Text in lines of at most 76 octets; its line ends stay line ends. */
  public static byte[] encode(byte[] text) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(text.length + text.length / 8);
    int column = 0;
    for (int i = 0; i < text.length; i++) {
      int octet = text[i] & 0xFF;
      if (octet == '\n' || (octet == '\r' && i + 1 < text.length && text[i + 1] == '\n')) {
        i += octet == '\r' ? 1 : 0;
        lines.writeBytes(CRLF);
        column = 0;
        continue;
      }
      boolean lineEnds = i + 1 == text.length || text[i + 1] == '\r' || text[i + 1] == '\n';
      boolean space = octet == ' ' || octet == '\t';
      boolean plain = space ? !lineEnds : octet > ' ' && octet <= '~' && octet != '=';
      // a dot or "From " at the start of a line would not survive every way (RFC 2049 section 3)
      plain &= column > 0 || (octet != '.' && octet != 'F');
      int width = plain ? 1 : 3;
      if (column + width > MAX_COLUMN) {
        lines.writeBytes(SOFT_BREAK);
        column = 0;
      }
      if (plain) {
        lines.write(octet);
      } else {
        lines.write('=');
        lines.write(HEX.charAt(octet >> 4));
        lines.write(HEX.charAt(octet & 15));
      }
      column += width;
    }
    return lines.toByteArray();
  }

  /**
   * Text without line ends, to be put at the start of a line that goes on behind it: lines that all
   * end in soft breaks. Nothing for no text.
   */
  public static byte[] insertion(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream(text.length() + 16);
    lines.writeBytes(encode(text.getBytes(StandardCharsets.UTF_8)));
    lines.writeBytes(SOFT_BREAK);
    return lines.toByteArray();
  }

  private QuotedPrintable() {}
}
