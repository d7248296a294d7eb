package org.milena.listexpander.preparation.content;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** Content-Transfer-Encoding (RFC 2045 section 6). */
final class TransferEncoding {
  private static final Set<String> IDENTITY = Set.of("7bit", "8bit", "binary");
  private static final String HEX = "0123456789ABCDEF";
  private static final byte[] CRLF = {'\r', '\n'};

  /** Longest encoded line, without the sign of a soft break (RFC 2045 section 6.7). */
  private static final int MAX_COLUMN = 75;

  /** Whether the octets are the content. */
  static boolean isIdentity(String encoding) {
    return IDENTITY.contains(encoding);
  }

  /** Whether we can read it. */
  static boolean isKnown(String encoding) {
    return isIdentity(encoding) || encoding.equals("base64") || encoding.equals("quoted-printable");
  }

  /**
   * The content of these octets; empty under an encoding nobody knows. What is broken is skipped.
   */
  static Optional<byte[]> decode(byte[] octets, String encoding) {
    if (isIdentity(encoding)) {
      return Optional.of(octets);
    }
    InputStream in = new ByteArrayInputStream(octets);
    return switch (encoding) {
      case "base64" -> Optional.of(all(new Base64InputStream(in)));
      case "quoted-printable" -> Optional.of(all(new QuotedPrintableInputStream(in)));
      default -> Optional.empty();
    };
  }

  private static byte[] all(InputStream in) {
    try (in) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** In lines of 76 digits. */
  static byte[] base64(byte[] content) {
    byte[] digits = Base64.getMimeEncoder(76, CRLF).encode(content);
    ByteArrayOutputStream lines = new ByteArrayOutputStream(digits.length + 2);
    lines.writeBytes(digits);
    lines.writeBytes(CRLF);
    return lines.toByteArray();
  }

  /** Text in lines of at most 76 octets; its line ends stay line ends. */
  static byte[] quotedPrintable(byte[] text) {
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
        lines.write('=');
        lines.writeBytes(CRLF);
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

  private TransferEncoding() {}
}
