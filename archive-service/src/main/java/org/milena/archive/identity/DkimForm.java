package org.milena.archive.identity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * A message in the form that the {@code dkim} ids of Pony Mail are computed from: the fields that
 * RFC 4871 section 5.5 names, in their order, "relaxed" (RFC 6376 section 3.4.2), and the body
 * "simple" (section 3.4.3). One pass over the octets.
 */
final class DkimForm {
  private static final Set<String> FIELDS =
      Set.of(
          "from",
          "sender",
          "reply-to",
          "subject",
          "date",
          "message-id",
          "to",
          "cc",
          "mime-version",
          "content-type",
          "content-transfer-encoding",
          "content-id",
          "content-description",
          "resent-date",
          "resent-from",
          "resent-sender",
          "resent-to",
          "resent-cc",
          "resent-message-id",
          "in-reply-to",
          "references",
          "list-id",
          "list-help",
          "list-unsubscribe",
          "list-subscribe",
          "list-post",
          "list-owner",
          "list-archive",
          "dkim-signature");

  private final byte[] bytes;
  private final ByteArrayOutputStream out;
  private boolean openLine;

  private DkimForm(byte[] bytes) {
    this.bytes = bytes;
    this.out = new ByteArrayOutputStream(bytes.length + 64);
  }

  static byte[] of(byte[] message) {
    return new DkimForm(crlf(message)).form();
  }

  /** Lone CRs and LFs are line ends too. */
  static byte[] crlf(byte[] bytes) {
    int more = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean after = i > 0 && bytes[i - 1] == '\r';
      boolean before = i + 1 < bytes.length && bytes[i + 1] == '\n';
      more += (bytes[i] == '\n' && !after) || (bytes[i] == '\r' && !before) ? 1 : 0;
    }
    if (more == 0) {
      return bytes;
    }
    byte[] lines = new byte[bytes.length + more];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '\r' || b == '\n') {
        lines[length++] = '\r';
        lines[length++] = '\n';
        i += b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n' ? 1 : 0;
      } else {
        lines[length++] = b;
      }
    }
    return lines;
  }

  private byte[] form() {
    int at = 0;
    while (at < bytes.length && bytes[at] != '\r') {
      int end = fieldEnd(at);
      field(at, end);
      at = end;
    }
    if (at >= bytes.length && openLine) {
      write("\r\n");
    }
    write("\r\n");
    if (at >= bytes.length) {
      write("\r\n");
    } else {
      body(at + 2);
    }
    return out.toByteArray();
  }

  /** After the line end that no space or tab follows. */
  private int fieldEnd(int from) {
    int i = from;
    while (i < bytes.length) {
      if (bytes[i] == '\n' && (i + 1 == bytes.length || !isSpace(bytes[i + 1]))) {
        return i + 1;
      }
      i++;
    }
    return i;
  }

  private void field(int from, int end) {
    if (isSpace(bytes[from])) {
      return; // folded, and nothing before it: a field without a name
    }
    int line = from;
    while (line < end && bytes[line] != '\r') {
      line++;
    }
    int colon = from;
    while (colon < line && bytes[colon] != ':') {
      colon++;
    }
    String name = relaxed(from, colon).toLowerCase(Locale.ROOT);
    if (!FIELDS.contains(name)) {
      return;
    }
    boolean closed = end - from >= 2 && bytes[end - 1] == '\n';
    write(name + ":" + relaxed(Math.min(colon + 1, line), closed ? end - 2 : end));
    openLine = !closed;
    if (closed) {
      write("\r\n");
    }
  }

  private String relaxed(int from, int to) {
    StringBuilder text = new StringBuilder(Math.max(0, to - from));
    boolean space = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (isSpace(b)) {
        space = true;
      } else if (b != '\r' && b != '\n') {
        if (space && !text.isEmpty()) {
          text.append(' ');
        }
        space = false;
        text.append((char) (b & 0xFF));
      }
    }
    return text.toString();
  }

  /** Empty lines at the end are one line end; an empty body is one too. */
  private void body(int from) {
    int end = bytes.length;
    while (end - from >= 4
        && bytes[end - 1] == '\n'
        && bytes[end - 2] == '\r'
        && bytes[end - 3] == '\n'
        && bytes[end - 4] == '\r') {
      end -= 2;
    }
    if (end <= from) {
      write("\r\n");
    } else {
      out.write(bytes, from, end - from);
    }
  }

  private void write(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }
}
