package org.milena.egress.dsn;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;

/** The header of a message that failed, as it goes back to its sender. */
final class OriginalHeader {
  /** Nobody needs more to know a mail again. */
  static final int MOST = 32 * 1024;

  /** Its lines, each ending in CRLF; empty when there is none. */
  static Optional<byte[]> of(RawMessage message, HeaderBlock header) {
    byte[] source = message.unsafeBytes();
    int end = Math.min(header.bodyOffset(), MOST);
    ByteArrayOutputStream lines = new ByteArrayOutputStream(end + 2);
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int i = 0; i < end; i++) {
      if (source[i] == '\n') {
        if (line.size() > 0) {
          lines.writeBytes(line.toByteArray());
          lines.write('\r');
          lines.write('\n');
        }
        line.reset();
      } else if (source[i] != '\r') {
        line.write(source[i]);
      }
    }
    return lines.size() == 0 ? Optional.empty() : Optional.of(lines.toByteArray());
  }

  private OriginalHeader() {}
}
