package org.milena.egress.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.milena.common.status.SmtpReply;
import org.milena.egress.outcome.Happening.Cause;

/**
 * Reads replies (RFC 5321 section 4.2.1), within limits, and leniently: seen in the wild are line
 * ends without CR, octets above 127, lines far longer than 512, and codes without text.
 */
final class ReplyReader {
  /** Octets of a line that are kept. */
  private static final int KEPT_OF_LINE = 1000;

  /** Lines that are kept: an EHLO reply may have many. */
  private static final int KEPT_LINES = 100;

  /** Octets of a whole reply; whoever says more is not listened to. */
  private static final int MAX_REPLY = 1 << 16;

  private final Wire wire;
  private final byte[] buffer = new byte[2048];
  private int position;
  private int limit;
  private final byte[] line = new byte[KEPT_OF_LINE];
  private int lineLength;

  ReplyReader(Wire wire) {
    this.wire = wire;
  }

  /** Whether more came than was asked for. */
  boolean hasUnread() {
    return position < limit;
  }

  /** Forgets what was said before encryption. */
  void clear() {
    position = 0;
    limit = 0;
  }

  /** The next reply; its code is that of its last line. */
  SmtpReply read() throws WireException {
    List<String> texts = new ArrayList<>(1);
    int total = 0;
    while (true) {
      total += readLine(MAX_REPLY - total);
      int code = code();
      if (texts.size() < KEPT_LINES) {
        int from = Math.min(4, lineLength);
        texts.add(new String(line, from, lineLength - from, StandardCharsets.UTF_8));
      }
      if (lineLength == 3 || line[3] != '-') {
        return SmtpReply.received(code, texts);
      }
    }
  }

  private int code() throws WireException {
    if (lineLength >= 3 && (lineLength == 3 || line[3] == ' ' || line[3] == '-')) {
      int code = 0;
      for (int i = 0; i < 3; i++) {
        int digit = line[i] - '0';
        code = digit < 0 || digit > 9 ? Integer.MIN_VALUE : code * 10 + digit;
      }
      if (code >= 200 && code <= 599) {
        return code;
      }
    }
    String shown = new String(line, 0, Math.min(lineLength, 60), StandardCharsets.ISO_8859_1);
    throw new WireException(
        Cause.PROTOCOL, "what came is no SMTP reply: " + SmtpReply.plain(250, shown).lines());
  }

  /** One line into {@link #line} without its end; how many octets it had. */
  private int readLine(int atMost) throws WireException {
    lineLength = 0;
    int octets = 0;
    while (true) {
      if (position == limit) {
        fill();
      }
      byte c = buffer[position++];
      if (++octets > atMost) {
        throw new WireException(Cause.PROTOCOL, "a reply without end");
      }
      if (c == '\n') {
        if (lineLength > 0 && line[lineLength - 1] == '\r') {
          lineLength--;
        }
        return octets;
      }
      if (lineLength < KEPT_OF_LINE) {
        line[lineLength++] = c;
      }
    }
  }

  private void fill() throws WireException {
    int count = wire.read(buffer);
    if (count < 0) {
      throw new WireException(Cause.LOST, "the connection was closed by the host");
    }
    position = 0;
    limit = count;
  }
}
