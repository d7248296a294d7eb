package org.milena.scanner.icap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body in chunks (RFC 9112 section 7.1) as it comes, held against the message that we sent. */
final class ChunkedBody {

  private static final int MAX_LINE = 4096;
  private static final int MAX_TRAILERS = 64;

  private static final Pattern SIZE = Pattern.compile("0*([0-9A-Fa-f]{1,7})\\s*(?:;.*)?");

  private final Wire wire;
  private final ByteBuffer sent;
  private boolean same = true;

  private ChunkedBody(Wire wire, ByteBuffer sent) {
    this.wire = wire;
    this.sent = sent;
  }

  /**
   * Reads all of a body, or until it is another one.
   *
   * @return whether it is the message, octet for octet
   */
  static boolean isSame(Wire wire, ByteBuffer sent) throws IOException {
    return new ChunkedBody(wire, sent).read();
  }

  private boolean read() throws IOException {
    for (int size = size(); size > 0; size = size()) {
      compare(size);
      if (!same) {
        return false;
      }
      if (!wire.readLine(MAX_LINE).isEmpty()) {
        throw new MalformedReplyException("a chunk is longer than its size");
      }
    }
    int trailers = 0;
    while (!wire.readLine(MAX_LINE).isEmpty()) {
      if (++trailers > MAX_TRAILERS) {
        throw new MalformedReplyException("trailers without end");
      }
    }
    return !sent.hasRemaining();
  }

  private int size() throws IOException {
    String line = wire.readLine(MAX_LINE);
    Matcher size = SIZE.matcher(line);
    if (!size.matches()) {
      throw new MalformedReplyException("no size of a chunk");
    }
    return Integer.parseInt(size.group(1), 16);
  }

  private void compare(int size) throws IOException {
    int left = size;
    while (left > 0 && same) {
      ByteBuffer some = wire.some();
      int count = Math.min(left, some.remaining());
      same =
          count <= sent.remaining()
              && some.slice(some.position(), count).equals(sent.slice(sent.position(), count));
      if (same) {
        sent.position(sent.position() + count);
      }
      some.position(some.position() + count);
      left -= count;
    }
  }
}
