package org.milena.archive.rewriting;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.milena.common.mime.QuotedPrintableOutput;

/** Content-Transfer-Encoding (RFC 2045 section 6): read tolerantly, written strictly. */
public final class TransferEncoding {
  static final int LINE = 76;

  /**
   * The content of a body, in an array of its own; what is no code in it is passed over.
   *
   * @param from its first octet
   * @param to after its last
   */
  public static byte[] decode(byte[] bytes, int from, int to, String encoding) {
    return switch (encoding) {
      case "base64" -> base64(bytes, from, to);
      case "quoted-printable" -> quotedPrintable(bytes, from, to);
      default -> Arrays.copyOfRange(bytes, from, to);
    };
  }

  /** A body with this content, in lines of at most 76 characters where it is encoded. */
  public static Octets encode(Octets content, String encoding, String lineEnd) {
    byte[] end = lineEnd.getBytes(StandardCharsets.US_ASCII);
    return switch (encoding) {
      case "base64" ->
          out -> {
            // closed, for it writes its last octets then
            try (OutputStream lines = Base64.getMimeEncoder(LINE, end).wrap(new Unclosed(out))) {
              content.writeTo(lines);
            }
            out.write(end);
          };
      case "quoted-printable" ->
          out -> {
            try (OutputStream lines = new QuotedPrintableOutput(out, end)) {
              content.writeTo(lines);
            }
          };
      default -> content;
    };
  }

  /**
   * What is no digit is passed over; what is left of the last group is not decoded. Some programs
   * join what they encoded piece by piece: behind each {@code =} a new group begins.
   */
  private static byte[] base64(byte[] bytes, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      digits += sixBits(bytes[i]) >= 0 ? 1 : 0;
    }
    byte[] content = new byte[(int) (digits * 3L / 4)];
    int size = 0;
    int group = 0;
    int bits = 0;
    for (int i = from; i < to; i++) {
      int six = sixBits(bytes[i]);
      if (bytes[i] == '=') {
        bits = 0;
      } else if (six >= 0) {
        group = group << 6 | six;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          content[size++] = (byte) (group >> bits);
        }
      }
    }
    return Arrays.copyOf(content, size);
  }

  private static int sixBits(byte octet) {
    if (octet >= 'A' && octet <= 'Z') {
      return octet - 'A';
    }
    if (octet >= 'a' && octet <= 'z') {
      return octet - 'a' + 26;
    }
    if (octet >= '0' && octet <= '9') {
      return octet - '0' + 52;
    }
    return octet == '+' ? 62 : octet == '/' ? 63 : -1;
  }

  private static byte[] quotedPrintable(byte[] bytes, int from, int to) {
    byte[] content = new byte[to - from];
    int size = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] != '=') {
        content[size++] = bytes[i];
        continue;
      }
      int end = i + 1;
      while (end < to && (bytes[end] == ' ' || bytes[end] == '\t' || bytes[end] == '\r')) {
        end++;
      }
      if (end >= to || bytes[end] == '\n') {
        i = end;
      } else if (i + 2 < to && digit(bytes[i + 1]) >= 0 && digit(bytes[i + 2]) >= 0) {
        content[size++] = (byte) (digit(bytes[i + 1]) * 16 + digit(bytes[i + 2]));
        i += 2;
      } else {
        content[size++] = '=';
      }
    }
    return Arrays.copyOf(content, size);
  }

  private static int digit(byte octet) {
    return Character.digit((char) (octet & 0xff), 16);
  }

  private TransferEncoding() {}
}
