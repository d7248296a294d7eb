package org.milena.standalone.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;

/**
 * Reads an mbox as a stream, in linear time.
 *
 * <h2>Where a message begins</h2>
 *
 * At a line that begins with {@code From }, has a date, and is followed by a line that can be a
 * header field, or by nothing. Lines of text that begin with {@code From } should be quoted, and
 * often are not: without these conditions they would tear messages apart (Python's {@code mailbox}
 * does). Where the first From line has no date the others need none either, but an empty line
 * before them.
 *
 * <h2>Content-Length</h2>
 *
 * In mboxcl and mboxcl2 that field says how long the body is, and From lines in it are no
 * separators. It is often wrong, so it is believed only when a From line or the end stands where it
 * points to; otherwise the message ends at the first separator, as if it had no such field.
 */
final class MboxReader {
  private static final int MAX_LENGTH = 64 << 20;
  private static final int MAX_FIELD = 998;

  private final LineWindow lines;
  private final Quoting quoting;
  private final PostSource.Receiver receiver;
  private final String name;

  private final OctetBuffer message = new OctetBuffer();

  /** From lines in the message's octets that are separators if its Content-Length is a lie. */
  private final List<Integer> separators = new ArrayList<>();

  private boolean inside;
  private boolean dated;
  private boolean blankBefore;
  private boolean tooLarge;
  private boolean inHeader;
  private long size;
  private int bodyStart;
  private long length;
  private long number;

  /**
   * @param name for the places of messages
   */
  MboxReader(InputStream in, Quoting quoting, String name, PostSource.Receiver receiver) {
    this.lines = new LineWindow(in);
    this.quoting = quoting;
    this.name = name;
    this.receiver = receiver;
  }

  /**
   * Gives all messages to the receiver.
   *
   * @return how many there were
   * @throws UnfitSourceException when it does not begin as an mbox does
   */
  long read() throws IOException {
    while (lines.next()) {
      if (!inside) {
        first();
      } else {
        if (isAtLength()) {
          if (isEndAtLength()) {
            finish(message.length(), false);
            inside = false;
            if (lines.isBlank() && !lines.next()) {
              break;
            }
            first();
            continue;
          }
          doNotTrustLength();
        }
        line();
      }
    }
    if (inside) {
      if (length >= 0 && size - bodyStart != length) {
        doNotTrustLength();
      }
      finish(message.length(), length < 0);
    }
    return number;
  }

  private void first() throws IOException {
    if (FromLine.begins(lines.array(), lines.start(), lines.end())) {
      if (number == 0) {
        dated = FromLine.isDated(lines.array(), lines.start(), lines.end());
      }
      begin();
    } else if (!lines.isBlank()) {
      if (number == 0) {
        throw new UnfitSourceException(
            name + " is no mbox: it does not begin with a line \"From somebody date\".");
      }
      receiver.odd(SourceOdd.NOT_A_MESSAGE, place(), "text between two messages");
    }
  }

  private void begin() {
    message.clear();
    separators.clear();
    inside = true;
    inHeader = true;
    tooLarge = false;
    blankBefore = false;
    length = -1;
    size = 0;
    bodyStart = 0;
    number++;
    add();
  }

  private void line() {
    boolean from = lines.begins() && FromLine.begins(lines.array(), lines.start(), lines.end());
    if (from && isSeparator()) {
      if (length < 0) {
        finish(message.length(), true);
        begin();
        return;
      }
      separators.add(message.length());
    } else if (from && !inHeader && length < 0 && quoting != Quoting.NONE) {
      receiver.odd(SourceOdd.UNESCAPED_FROM, place(), text(lines.start(), lines.end()));
    }
    add();
    if (inHeader && lines.isBlank()) {
      inHeader = false;
      bodyStart = message.length();
      length = tooLarge ? -1 : contentLength();
    }
    blankBefore = lines.isBlank();
    if (length >= 0 && size - bodyStart > length) {
      doNotTrustLength();
    }
  }

  private void add() {
    size += lines.end() - lines.start();
    if (size > PostSource.MAX_MESSAGE) {
      tooLarge = true;
      message.clear();
    } else if (!tooLarge) {
      message.add(lines.array(), lines.start(), lines.end());
    }
  }

  private boolean isSeparator() {
    if (dated ? !FromLine.isDated(lines.array(), lines.start(), lines.end()) : !blankBefore) {
      return false;
    }
    int next = lines.end();
    return next == lines.filled() ? lines.isAllHere() : isField(next);
  }

  /** Whether a line that begins here can be a header field, or one of another mbox in this one. */
  private boolean isField(int start) {
    byte[] octets = lines.array();
    int end = Math.min(lines.filled(), start + MAX_FIELD);
    if (start < end && octets[start] == '>' && FromLine.begins(octets, start + 1, end)) {
      return true;
    }
    int at = start;
    while (at < end && octets[at] > ' ' && octets[at] < 127 && octets[at] != ':') {
      at++;
    }
    int nameEnd = at;
    while (at < end && (octets[at] == ' ' || octets[at] == '\t')) {
      at++;
    }
    return nameEnd > start && at < end && octets[at] == ':';
  }

  /** What Content-Length says of the message so far; -1 for nothing. */
  private long contentLength() {
    if (length != -1) {
      return -1;
    }
    int start = fromLineEnd(0);
    HeaderBlock header =
        HeaderBlock.of(Arrays.copyOfRange(message.array(), start, bodyStart), bodyStart - start);
    return header
        .first("Content-Length")
        .map(HeaderField::value)
        .map(String::strip)
        .filter(value -> value.matches("\\d{1,8}"))
        .map(Long::parseLong)
        .filter(value -> value <= MAX_LENGTH)
        .orElse(-1L);
  }

  private boolean isAtLength() {
    return length >= 0 && !inHeader && size - bodyStart == length && lines.begins();
  }

  /** Whether the message ends before the current line. */
  private boolean isEndAtLength() {
    byte[] octets = lines.array();
    if (FromLine.begins(octets, lines.start(), lines.end())) {
      return true;
    }
    int next = lines.end();
    return lines.isBlank()
        && (next == lines.filled()
            ? lines.isAllHere()
            : FromLine.begins(octets, next, lines.filled()));
  }

  /** What lies between the separators that were passed over are messages of their own. */
  private void doNotTrustLength() {
    length = -2;
    int done = 0;
    for (int separator : separators) {
      int start = separator - done;
      finish(start, true);
      message.removeBefore(start);
      done += start;
      number++;
      bodyStart = 0;
    }
    if (!separators.isEmpty()) {
      size = message.length();
      inHeader = headerGoesOn();
    }
    separators.clear();
  }

  /** Whether no empty line came since the last separator. */
  private boolean headerGoesOn() {
    byte[] octets = message.array();
    int at = fromLineEnd(0);
    while (at < message.length()) {
      if (octets[at] == '\n'
          || (octets[at] == '\r' && at + 1 < message.length() && octets[at + 1] == '\n')) {
        return false;
      }
      at = fromLineEnd(at);
    }
    return true;
  }

  private int fromLineEnd(int start) {
    byte[] octets = message.array();
    int at = start;
    while (at < message.length() && octets[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, message.length());
  }

  /** Gives the message that ends here. */
  private void finish(int end, boolean withEmptyLine) {
    if (tooLarge) {
      receiver.odd(SourceOdd.TOO_LARGE, place(), "%,d octets".formatted(size));
      return;
    }
    byte[] octets = message.array();
    int start = Math.min(fromLineEnd(0), end);
    int last = withEmptyLine ? withoutEmptyLine(octets, start, end) : end;
    byte[] post = new byte[last - start];
    int count = 0;
    int at = start;
    while (at < last) {
      int lineEnd = Math.min(fromLineEnd(at), last);
      int text = quoting.textStart(octets, at, lineEnd);
      System.arraycopy(octets, text, post, count, lineEnd - text);
      count += lineEnd - text;
      at = lineEnd;
    }
    receiver.post(
        new SourcePost(
            place(),
            RawMessage.wrap(count == post.length ? post : Arrays.copyOf(post, count)),
            FromLine.date(octets, 0, start)));
  }

  private static int withoutEmptyLine(byte[] octets, int start, int end) {
    int last = end;
    if (last > start && octets[last - 1] == '\n') {
      last -= last - 1 > start && octets[last - 2] == '\r' ? 2 : 1;
      boolean emptyLine = last == start || octets[last - 1] == '\n';
      return emptyLine ? last : end;
    }
    return end;
  }

  private String place() {
    return name + ", message " + number;
  }

  private String text(int start, int end) {
    return new String(lines.array(), start, Math.min(end - start, 200), StandardCharsets.ISO_8859_1)
        .strip();
  }
}
