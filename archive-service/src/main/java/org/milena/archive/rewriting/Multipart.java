package org.milena.archive.rewriting;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

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

  /**
   * All stretches in their order; the lines of the boundary are between them. Each is looked for
   * when it is asked for: a message can have millions.
   */
  Iterator<Stretch> stretches(int from, int to) {
    return new Stretches(from, to);
  }

  private final class Stretches implements Iterator<Stretch> {
    private final int to;
    private int begin;
    private boolean inside;
    private boolean ended;
    private boolean done;

    Stretches(int from, int to) {
      this.begin = from;
      this.to = to;
    }

    @Override
    public boolean hasNext() {
      return !done;
    }

    @Override
    public Stretch next() {
      if (done) {
        throw new NoSuchElementException("behind the last stretch");
      }
      for (int line = begin; line < to && !ended; ) {
        int next = nextLine(line, to);
        if (isDelimiter(line, next)) {
          Stretch found = new Stretch(begin, Math.max(begin, withoutLineEnd(line, begin)), inside);
          ended = endsHere(line + delimiter.length, next);
          inside = true;
          begin = next;
          return found;
        }
        line = next;
      }
      done = true;
      return new Stretch(begin, to, inside && !ended);
    }
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
