package org.milena.archive.rewriting;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the parts between the lines of a boundary (RFC 2046 section 5.1.1), in one pass. */
final class Multipart {
  private final byte[] bytes;
  private final byte[] delimiter;

  Multipart(byte[] bytes, String boundary) {
    this.bytes = bytes;
    this.delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A stretch of a multipart.
   *
   * @param part whether it is a part; else it stands before the first or behind the last
   */
  record Stretch(int start, int end, boolean part) {}

  /** All stretches in their order; the lines of the boundary are between them. */
  List<Stretch> stretches(int from, int to) {
    List<Stretch> found = new ArrayList<>();
    boolean inside = false;
    boolean ended = false;
    int begin = from;
    for (int line = from; line < to && !ended; ) {
      int next = nextLine(line, to);
      if (isDelimiter(line, next)) {
        found.add(new Stretch(begin, Math.max(begin, withoutLineEnd(line, begin)), inside));
        ended = endsHere(line + delimiter.length, next);
        inside = true;
        begin = next;
      }
      line = next;
    }
    found.add(new Stretch(begin, to, inside && !ended));
    return found;
  }

  private int nextLine(int at, int to) {
    int end = at;
    while (end < to && bytes[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, to);
  }

  private int withoutLineEnd(int line, int from) {
    int at = line;
    if (at > from && bytes[at - 1] == '\n') {
      at--;
      if (at > from && bytes[at - 1] == '\r') {
        at--;
      }
    }
    return at;
  }

  private boolean isDelimiter(int line, int next) {
    int end = line + delimiter.length;
    if (end > next || !Arrays.equals(bytes, line, end, delimiter, 0, delimiter.length)) {
      return false;
    }
    int at = endsHere(end, next) ? end + 2 : end;
    while (at < next && " \t\r\n".indexOf(bytes[at]) >= 0) {
      at++;
    }
    return at == next;
  }

  private boolean endsHere(int at, int next) {
    return at + 2 <= next && bytes[at] == '-' && bytes[at + 1] == '-';
  }
}
