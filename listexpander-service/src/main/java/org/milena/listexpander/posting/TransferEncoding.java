package org.milena.listexpander.posting;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.milena.common.mime.QuotedPrintableOutput;
import org.milena.listexpander.posting.Parts.Part;

/** The bodies of parts out of their transfer encoding, and into it (RFC 2045 section 6). */
final class TransferEncoding {
  private static final byte[] LINE_END = {'\r', '\n'};

  /** What a part says; as much as can be made sense of. */
  static byte[] decode(byte[] message, Part part) {
    byte[] body = Arrays.copyOfRange(message, part.from(), part.to());
    return switch (part.encoding()) {
      case "base64" -> read(new Base64InputStream(new ByteArrayInputStream(body)));
      case "quoted-printable" ->
          read(new QuotedPrintableInputStream(new ByteArrayInputStream(body)));
      default -> body;
    };
  }

  /** The body that says this, in the encoding of the part. */
  static byte[] encode(byte[] octets, Part part) {
    return switch (part.encoding()) {
      case "base64" -> Base64.getMimeEncoder().encode(octets);
      case "quoted-printable" -> quoted(octets);
      default -> octets;
    };
  }

  private static byte[] quoted(byte[] octets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + octets.length / 2);
    try (var quoting = new QuotedPrintableOutput(out, LINE_END)) {
      quoting.write(octets, 0, octets.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] read(InputStream decoded) {
    try (decoded) {
      return decoded.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TransferEncoding() {}
}
