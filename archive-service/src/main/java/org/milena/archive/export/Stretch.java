package org.milena.archive.export;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Hands on a stretch of what is written, and drops the rest. Closing it closes nothing: what writes
 * to it may be one of many.
 */
final class Stretch extends OutputStream {
  private final OutputStream out;
  private final long from;
  private final long until;
  private long offset;

  /**
   * @param offset of the first octet that will be written
   * @param from the first that is handed on
   * @param until behind the last
   */
  Stretch(OutputStream out, long offset, long from, long until) {
    this.out = out;
    this.offset = offset;
    this.from = from;
    this.until = until;
  }

  /** Of the next octet. */
  long offset() {
    return offset;
  }

  /** Whether nothing more is handed on. */
  boolean isFull() {
    return offset >= until;
  }

  @Override
  public void write(int octet) throws IOException {
    if (offset >= from && offset < until) {
      out.write(octet);
    }
    offset++;
  }

  @Override
  public void write(byte[] octets, int start, int length) throws IOException {
    long begin = Math.max(from, offset);
    long end = Math.min(until, offset + length);
    if (begin < end) {
      out.write(octets, start + (int) (begin - offset), (int) (end - begin));
    }
    offset += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() {
    // of whoever opened it
  }
}
