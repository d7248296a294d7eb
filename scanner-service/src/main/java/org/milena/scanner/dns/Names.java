package org.milena.scanner.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * Names as text and on the wire. Text here has no escapes: what stands between two dots is a label,
 * as policies of SPF may hold any visible character in one.
 */
final class Names {
  private static final int MAX_LABEL = 63;
  private static final int MAX_WIRE = 255;

  private Names() {}

  /** The name; empty when it is none that the DNS can hold (RFC 1035 section 2.3.4). */
  static Optional<Name> read(String text) {
    String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (plain.isEmpty() || plain.length() > MAX_WIRE) {
      return Optional.empty();
    }
    var wire = new ByteArrayOutputStream(plain.length() + 2);
    for (String label : plain.split("\\.", -1)) {
      byte[] octets = label.getBytes(StandardCharsets.UTF_8);
      if (octets.length == 0 || octets.length > MAX_LABEL) {
        return Optional.empty();
      }
      wire.write(octets.length);
      wire.writeBytes(octets);
    }
    wire.write(0);
    if (wire.size() > MAX_WIRE) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Name(wire.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("a name that was checked is refused: " + text, e);
    }
  }

  /**
   * Without the last dot; the root is empty. A dot or a control character within a label is written
   * as in zone files, by its number, so that it is not taken for a border of labels.
   */
  static String text(Name name) {
    var text = new StringBuilder();
    for (int i = 0; i < name.labels() - 1; i++) {
      if (i > 0) {
        text.append('.');
      }
      byte[] label = name.getLabel(i);
      for (int at = 1; at < label.length; at++) {
        int octet = label[at] & 0xFF;
        if (octet <= ' ' || octet >= 0x7F || octet == '.' || octet == '\\') {
          text.append(String.format("\\%03d", octet));
        } else {
          text.append((char) octet);
        }
      }
    }
    return text.toString();
  }
}
