package org.milena.standalone.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream line by line, with a look at what follows. A line that is longer than {@value
 * #MAX_PIECE} octets comes in pieces.
 */
final class LineWindow {
  static final int MAX_PIECE = 64 << 10;

  private final InputStream in;
  private final byte[] octets = new byte[4 * MAX_PIECE];
  private int start;
  private int end;
  private int filled;
  private boolean atEnd;
  private boolean begins = true;
  private boolean ended = true;

  LineWindow(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line or piece of one; false at the end. */
  boolean next() throws IOException {
    begins = ended;
    start = end;
    fill(2 * MAX_PIECE);
    if (start == filled) {
      return false;
    }
    int last = Math.min(filled, start + MAX_PIECE);
    int at = start;
    while (at < last && octets[at] != '\n') {
      at++;
    }
    ended = at < last;
    end = ended ? at + 1 : last;
    return true;
  }

  /** Has this many octets from the start of the line on, if there are so many; mostly more. */
  private void fill(int wanted) throws IOException {
    if (atEnd || filled - start >= wanted) {
      return;
    }
    System.arraycopy(octets, start, octets, 0, filled - start);
    filled -= start;
    end -= start;
    start = 0;
    while (filled < octets.length && !atEnd) {
      int count = in.read(octets, filled, octets.length - filled);
      if (count < 0) {
        atEnd = true;
      } else {
        filled += count;
      }
    }
  }

  byte[] array() {
    return octets;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Where the octets end that can be looked at; at least 64 KiB behind the line, or all. */
  int filled() {
    return filled;
  }

  /** Whether nothing comes behind what can be looked at. */
  boolean isAllHere() {
    return atEnd;
  }

  /** Whether this is the beginning of a line, and no later piece of it. */
  boolean begins() {
    return begins;
  }

  boolean isBlank() {
    return begins && ended && (end - start == 1 || (end - start == 2 && octets[start] == '\r'));
  }
}
