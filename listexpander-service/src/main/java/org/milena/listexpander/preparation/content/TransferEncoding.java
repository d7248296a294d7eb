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
  private static final byte[] CRLF = {'\r', '\n'};

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

  private TransferEncoding() {}
}
