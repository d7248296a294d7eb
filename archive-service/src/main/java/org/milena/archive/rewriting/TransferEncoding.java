package org.milena.archive.rewriting;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Content-Transfer-Encoding (RFC 2045 section 6): read tolerantly, written strictly. */
public final class TransferEncoding {
  private static final int LINE = 76;
  private static final String HEX = "0123456789ABCDEF";

  /** The content of a body; what is no code in it is passed over. */
  public static byte[] decode(byte[] body, String encoding) {
    return switch (encoding) {
      case "base64" -> base64(body);
      case "quoted-printable" -> quotedPrintable(body);
      default -> body;
    };
  }

  /** A body with this content, in lines of at most 76 characters where it is encoded. */
  public static byte[] encode(byte[] content, String encoding, String lineEnd) {
    return switch (encoding) {
      case "base64" -> {
        byte[] encoded =
            Base64.getMimeEncoder(LINE, lineEnd.getBytes(StandardCharsets.US_ASCII))
                .encode(content);
        yield (new String(encoded, StandardCharsets.US_ASCII) + lineEnd)
            .getBytes(StandardCharsets.US_ASCII);
      }
      case "quoted-printable" -> toQuotedPrintable(content, lineEnd);
      default -> content;
    };
  }

  /** What is no digit is passed over; what is left of the last group is not decoded. */
  private static byte[] base64(byte[] body) {
    ByteArrayOutputStream digits = new ByteArrayOutputStream(body.length);
    ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
    for (byte octet : body) {
      char c = (char) (octet & 0xff);
      if (c == '=') {
        // some programs join what they encoded piece by piece
        content.writeBytes(group(digits));
        digits.reset();
      } else if ((c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || c == '+'
          || c == '/') {
        digits.write(c);
      }
    }
    content.writeBytes(group(digits));
    return content.toByteArray();
  }

  private static byte[] group(ByteArrayOutputStream digits) {
    byte[] all = digits.toByteArray();
    int usable = all.length % 4 == 1 ? all.length - 1 : all.length;
    return Base64.getDecoder().decode(Arrays.copyOf(all, usable));
  }

  private static byte[] quotedPrintable(byte[] body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
    for (int i = 0; i < body.length; i++) {
      if (body[i] != '=') {
        content.write(body[i]);
        continue;
      }
      int end = i + 1;
      while (end < body.length && (body[end] == ' ' || body[end] == '\t' || body[end] == '\r')) {
        end++;
      }
      if (end >= body.length || body[end] == '\n') {
        i = end;
      } else if (i + 2 < body.length && digit(body[i + 1]) >= 0 && digit(body[i + 2]) >= 0) {
        content.write(digit(body[i + 1]) * 16 + digit(body[i + 2]));
        i += 2;
      } else {
        content.write('=');
      }
    }
    return content.toByteArray();
  }

  private static int digit(byte octet) {
    return Character.digit((char) (octet & 0xff), 16);
  }

  private static byte[] toQuotedPrintable(byte[] content, String lineEnd) {
    StringBuilder out = new StringBuilder(content.length * 2);
    int column = 0;
    for (int i = 0; i < content.length; i++) {
      int octet = content[i] & 0xff;
      boolean endOfLine =
          octet == '\n' || (octet == '\r' && i + 1 < content.length && content[i + 1] == '\n');
      if (endOfLine) {
        i += octet == '\r' ? 1 : 0;
        out.append(lineEnd);
        column = 0;
        continue;
      }
      boolean last = i + 1 == content.length || content[i + 1] == '\n' || content[i + 1] == '\r';
      boolean literal =
          (octet > ' ' && octet < 0x7f && octet != '=')
              || ((octet == ' ' || octet == '\t') && !last);
      int width = literal ? 1 : 3;
      if (column + width > LINE - 1) {
        out.append('=').append(lineEnd);
        column = 0;
      }
      if (literal) {
        out.append((char) octet);
      } else {
        out.append('=').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 15));
      }
      column += width;
    }
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private TransferEncoding() {}
}
