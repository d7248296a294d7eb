package org.milena.listexpander.posting;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.mail.RawMessage;

/**
 * Where the parts of a message lie in its octets (RFC 2046 section 5.1), read in one pass from
 * front to end: multiparts, and messages in messages. Tolerant: a boundary that never closes ends
 * with its message.
 */
final class Parts {
  /** Deeper ones are one part. */
  private static final int MAX_DEPTH = 100;

  /** A header that is longer is cut: nobody's is. */
  private static final int MAX_HEADER = 256 * 1024;

  private static final int MAX_BOUNDARY = 200;

  /**
   * A part, or the message itself.
   *
   * @param type as in {@code text/plain}; what is usual where it has none
   * @param charset empty where it names none
   * @param encoding the transfer encoding in lower case, {@code 7bit} where it has none
   * @param from where its body begins
   * @param to after the end of its body, for one that has no parts; else as {@code from}
   */
  record Part(HeaderBlock header, String type, String charset, String encoding, int from, int to) {

    private Part until(int end) {
      return new Part(header, type, charset, encoding, from, Math.max(from, end));
    }
  }

  private record Level(String boundary, boolean digest) {}

  private final byte[] octets;
  private final int most;
  private final List<Part> all = new ArrayList<>();
  private final Deque<Level> open = new ArrayDeque<>();
  private boolean complete = true;
  private boolean inLeaf;

  private Parts(byte[] octets, int most) {
    this.octets = octets;
    this.most = most;
  }

  /**
   * The parts of a message, itself first.
   *
   * @param most more are not looked for
   */
  static Parts of(RawMessage message, int most) {
    Parts parts = new Parts(message.unsafeBytes(), most);
    parts.read();
    return parts;
  }

  /** In the order in which they lie. */
  List<Part> all() {
    return all;
  }

  /** Whether these are all there are. */
  boolean complete() {
    return complete;
  }

  private void read() {
    int at = enter(0, "text/plain");
    while (at < octets.length && complete) {
      int end = lineEnd(at);
      if (octets[at] == '-' && at + 1 < end && octets[at + 1] == '-' && end - at < MAX_BOUNDARY) {
        at = delimiter(at, end);
      } else {
        at = end;
      }
    }
    leave(octets.length);
  }

  /** What a line that begins with two hyphens means; where to go on. */
  private int delimiter(int at, int end) {
    String line = new String(octets, at + 2, end - at - 2, StandardCharsets.ISO_8859_1);
    line = line.stripTrailing();
    int level = 0;
    for (Level each : open) {
      boolean closes = line.equals(each.boundary() + "--");
      if (closes || line.equals(each.boundary())) {
        leave(beforeLineEnd(at));
        for (int i = closes ? -1 : 0; i < level; i++) {
          open.pop();
        }
        return closes ? end : enter(end, each.digest() ? "message/rfc822" : "text/plain");
      }
      level++;
    }
    return end;
  }

  /** Reads the header that begins here, and those of messages right inside; where to go on. */
  private int enter(int begin, String usual) {
    int at = begin;
    String type = usual;
    while (true) {
      if (all.size() >= most) {
        complete = false;
        return octets.length;
      }
      byte[] chunk = Arrays.copyOfRange(octets, at, headerEnd(at));
      HeaderBlock header = HeaderBlock.of(chunk, chunk.length);
      int body = at + header.bodyOffset();
      ParameterizedHeader content =
          header
              .first("Content-Type")
              .map(HeaderField::value)
              .map(ParameterizedHeader::parse)
              .filter(parsed -> parsed.value().contains("/"))
              .orElseGet(() -> ParameterizedHeader.parse(usual));
      type = content.value();
      String encoding =
          header
              .first("Content-Transfer-Encoding")
              .map(field -> field.value().strip().toLowerCase(Locale.ROOT))
              .orElse("7bit");
      all.add(
          new Part(header, type, content.parameter("charset").orElse(""), encoding, body, body));
      boolean plain = !encoding.equals("base64") && !encoding.equals("quoted-printable");
      if (type.startsWith("multipart/") && content.parameter("boundary").isPresent()) {
        if (open.size() == MAX_DEPTH) {
          complete = false;
        }
        open.push(
            new Level(
                content.parameter("boundary").orElseThrow().stripTrailing(),
                type.equals("multipart/digest")));
        inLeaf = false;
        return body;
      }
      if (!plain || !(type.equals("message/rfc822") || type.equals("message/global"))) {
        inLeaf = true;
        return body;
      }
      at = body;
    }
  }

  private void leave(int end) {
    if (inLeaf) {
      all.set(all.size() - 1, all.getLast().until(end));
      inLeaf = false;
    }
  }

  /** After the first empty line; the whole header is before it. */
  private int headerEnd(int begin) {
    int limit = Math.min(octets.length, begin + MAX_HEADER);
    int at = begin;
    while (at < limit) {
      int end = lineEnd(at);
      boolean empty = true;
      for (int i = at; i < end && empty; i++) {
        empty = octets[i] == '\r' || octets[i] == '\n';
      }
      if (empty) {
        return Math.min(end, limit);
      }
      at = end;
    }
    return limit;
  }

  private int lineEnd(int at) {
    int i = at;
    while (i < octets.length) {
      if (octets[i++] == '\n') {
        return i;
      }
    }
    return octets.length;
  }

  /** The line end before a boundary belongs to it (RFC 2046 section 5.1.1). */
  private int beforeLineEnd(int at) {
    int i = at;
    if (i > 0 && octets[i - 1] == '\n') {
      i--;
      if (i > 0 && octets[i - 1] == '\r') {
        i--;
      }
    }
    return i;
  }
}
