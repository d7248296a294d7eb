package org.milena.listexpander.preparation.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;

/**
 * Finds the parts of a message in one pass over its lines. Each line that may be a delimiter is
 * looked up once among the boundaries of all containers that are open, the innermost first, so that
 * a container that was never closed ends where its parent goes on (RFC 2046 section 5.1.2).
 *
 * <p>Does not look into signed and encrypted containers.
 */
final class MimeReader {
  /** More parts than anybody sends are an attack on memory. */
  static final int MAX_PARTS = 25_000;

  /** More containers in each other than this are not looked through. */
  static final int MAX_DEPTH = 200;

  /** Longer lines are no delimiters: RFC 2046 allows 70 octets. */
  private static final int MAX_DELIMITER = 500;

  /**
   * A part whose end is not known yet.
   *
   * @param boundary that its children are parted by; null when it is not divided so
   * @param hidden the container that had this boundary before, if there is one
   */
  private record Open(MimePart part, @Nullable String boundary, @Nullable Integer hidden) {}

  private final byte[] bytes;
  private final List<Open> open = new ArrayList<>();
  private final Map<String, Integer> boundaries = new HashMap<>();
  private int parts;
  private boolean tooMuch;

  // the header that is being read
  private boolean inHeader;
  private int delimiter;
  private int start;

  private MimeReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The message with its parts; empty when there are too many of them, or too deep. */
  static Optional<MimePart> read(RawMessage message) {
    MimeReader reader = new MimeReader(message.unsafeBytes());
    MimePart root = reader.read(HeaderBlock.of(message));
    return reader.tooMuch ? Optional.empty() : Optional.of(root);
  }

  private MimePart read(HeaderBlock header) {
    MimePart root = new MimePart(0, 0, header, "text/plain");
    enter(root);
    int at = inHeader ? start : root.bodyStart;
    while (at < bytes.length && !tooMuch) {
      int lineEnd = lineEnd(at);
      boolean dashes = bytes[at] == '-' && at + 1 < bytes.length && bytes[at + 1] == '-';
      if (dashes && !boundaries.isEmpty() && delimit(at, lineEnd)) {
        at = lineEnd;
      } else if (inHeader && dashes) {
        beginBody(at); // no field begins so; and it may be the first delimiter of this very part
      } else {
        if (inHeader && isBlank(at, lineEnd)) {
          beginBody(lineEnd);
        }
        at = lineEnd;
      }
    }
    if (inHeader) {
      beginBody(bytes.length);
    }
    closeFrom(0, bytes.length, bytes.length);
    return root;
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return Math.min(bytes.length, at + 1);
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != '\r' && bytes[i] != '\n') {
        return false;
      }
    }
    return true;
  }

  /** Whether a line is a delimiter, which then has its effect. */
  private boolean delimit(int at, int lineEnd) {
    int to = lineEnd;
    while (to > at && (bytes[to - 1] & 0xFF) <= ' ') {
      to--; // transport padding
    }
    if (to - at > MAX_DELIMITER) {
      return false;
    }
    String line = new String(bytes, at + 2, Math.max(0, to - at - 2), StandardCharsets.ISO_8859_1);
    Integer container = boundaries.get(line);
    boolean last = container == null && line.endsWith("--");
    if (last) {
      container = boundaries.get(line.substring(0, line.length() - 2));
    }
    if (container == null) {
      return false;
    }
    if (inHeader) {
      beginBody(at);
    }
    closeFrom(container + 1, withoutLineEnd(at), at);
    if (last) {
      // what follows is its epilogue, until its own container goes on
      Open closed = open.get(container);
      forget(closed);
      open.set(container, new Open(closed.part(), null, null));
    } else {
      inHeader = true;
      delimiter = at;
      start = lineEnd;
    }
    return true;
  }

  private int withoutLineEnd(int at) {
    int end = at;
    if (end > 0 && bytes[end - 1] == '\n') {
      end--;
      if (end > 0 && bytes[end - 1] == '\r') {
        end--;
      }
    }
    return end;
  }

  private void beginBody(int bodyStart) {
    inHeader = false;
    byte[] header = Arrays.copyOfRange(bytes, Math.min(start, bodyStart), bodyStart);
    MimePart container = open.getLast().part();
    MimePart part =
        new MimePart(
            delimiter,
            start,
            HeaderBlock.of(header, header.length),
            container.type.equals("multipart/digest") ? "message/rfc822" : "text/plain");
    container.children.add(part);
    enter(part);
  }

  private void enter(MimePart part) {
    parts++;
    tooMuch |= parts > MAX_PARTS;
    String boundary =
        part.isMultipart() && !part.isSealed()
            ? part.contentType
                .parameter("boundary")
                .map(value ->
                    new String(
                        value.stripTrailing().getBytes(StandardCharsets.UTF_8),
                        StandardCharsets.ISO_8859_1))
                .filter(value -> !value.isEmpty())
                .orElse(null)
            : null;
    Integer hidden = boundary == null ? null : boundaries.put(boundary, open.size());
    open.add(new Open(part, boundary, hidden));
    tooMuch |= open.size() > MAX_DEPTH;
    if (part.isMessage() && TransferEncoding.isIdentity(part.transferEncoding())) {
      inHeader = true;
      delimiter = part.bodyStart;
      start = part.bodyStart;
    }
  }

  private void closeFrom(int index, int end, int next) {
    for (int i = open.size() - 1; i >= index; i--) {
      Open closed = open.removeLast();
      MimePart part = closed.part();
      part.end = Math.max(part.bodyStart, end);
      part.next = i == index ? next : part.end;
      forget(closed);
    }
  }

  private void forget(Open closed) {
    String boundary = closed.boundary();
    if (boundary != null) {
      if (closed.hidden() == null) {
        boundaries.remove(boundary);
      } else {
        boundaries.put(boundary, closed.hidden());
      }
    }
  }
}
