package org.milena.scanner.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file whose beginning can be looked at before it is read, and whose lines can be read or
 * skipped. For one thread, and therefore without the locks of {@link java.io.BufferedInputStream},
 * which cost as much as the rest of the scan of a text.
 */
final class PeekedInput extends InputStream {

  private static final int BUFFER = 8192;

  private final InputStream in;
  private byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;

  PeekedInput(InputStream in) {
    this.in = in;
  }

  /** The next octets, without reading them; fewer only at the end. */
  byte[] peek(int length) throws IOException {
    if (to - from < length) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
      if (buffer.length < length) {
        buffer = Arrays.copyOf(buffer, length);
      }
      to += in.readNBytes(buffer, to, length - to);
    }
    return Arrays.copyOfRange(buffer, from, Math.min(to, from + length));
  }

  @Override
  public int read() throws IOException {
    return from < to || fill() ? buffer[from++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (from == to && length >= BUFFER) {
      return in.read(target, offset, length);
    }
    if (from == to && !fill()) {
      return -1;
    }
    int count = Math.min(length, to - from);
    System.arraycopy(buffer, from, target, offset, count);
    from += count;
    return count;
  }

  /** Reads what is left and forgets it. */
  void drain() throws IOException {
    do {
      from = to;
    } while (fill());
  }

  /** The next octet, without reading it; -1 at the end. */
  int next() throws IOException {
    return from < to || fill() ? buffer[from] & 0xFF : -1;
  }

  /** Skips the rest of the line and its end. */
  void skipLine() throws IOException {
    while (from < to || fill()) {
      while (from < to) {
        if (buffer[from++] == '\n') {
          return;
        }
      }
    }
  }

  /**
   * The rest of the line, without its end; null at the end of the file.
   *
   * @param longest what is longer is cut
   */
  @Nullable String readLine(int longest) throws IOException {
    if (next() < 0) {
      return null;
    }
    int start = from;
    while (from < to && buffer[from] != '\n') {
      from++;
    }
    if (from < to) { // the usual case: all of it lies in the buffer
      return line(buffer, start, Math.min(longest, from++ - start));
    }
    byte[] octets = Arrays.copyOfRange(buffer, start, Math.min(to, start + longest));
    int length = octets.length;
    for (int octet = read(); octet >= 0 && octet != '\n'; octet = read()) {
      if (length < longest) {
        if (length == octets.length) {
          octets = Arrays.copyOf(octets, Math.min(longest, 2 * length + 16));
        }
        octets[length++] = (byte) octet;
      }
    }
    return line(octets, 0, length);
  }

  private static String line(byte[] octets, int start, int length) {
    boolean carriageReturn = length > 0 && octets[start + length - 1] == '\r';
    int end = carriageReturn ? length - 1 : length;
    return new String(octets, start, end, StandardCharsets.ISO_8859_1);
  }

  private boolean fill() throws IOException {
    if (buffer.length > BUFFER) {
      buffer = new byte[BUFFER]; // somebody has looked far ahead
    }
    from = 0;
    to = 0;
    int got = 0;
    while (got == 0) { // a decoder may need more before it has anything to give
      got = in.read(buffer, 0, buffer.length);
    }
    to = Math.max(0, got);
    return to > 0;
  }
}
