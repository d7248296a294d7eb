package org.milena.scanner.builtin.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;

/** Reads a file from front to end and knows where it stands. Does not end early. */
final class OctetReader {

  private static final int BUFFER = 8192;

  /** No honest file has a longer name; one that is read into memory must end somewhere. */
  static final int LONGEST_NAME = 1 << 16;

  private final PushbackInputStream in;
  private long position;

  OctetReader(InputStream in) {
    this.in = new PushbackInputStream(in, BUFFER);
  }

  /** Octets read so far. */
  long position() {
    return position;
  }

  /** The next octet, or -1. */
  int read() throws IOException {
    int octet = in.read();
    position += octet < 0 ? 0 : 1;
    return octet;
  }

  int read(byte[] buffer, int offset, int length) throws IOException {
    int got = in.read(buffer, offset, length);
    position += Math.max(0, got);
    return got;
  }

  /** Gives octets back, at most a buffer of them. */
  void unread(byte[] octets, int offset, int length) throws IOException {
    in.unread(octets, offset, length);
    position -= length;
  }

  int octet() throws IOException {
    int octet = read();
    if (octet < 0) {
      throw new EOFException("cut off");
    }
    return octet;
  }

  byte[] exactly(int length) throws IOException {
    byte[] octets = upTo(length);
    if (octets.length < length) {
      throw new EOFException("cut off");
    }
    return octets;
  }

  byte[] upTo(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    position += octets.length;
    return octets;
  }

  /** Octets that are a name or a list of names. */
  byte[] name(long length) throws IOException {
    if (length < 0 || length > LONGEST_NAME) {
      throw new IOException("a name of " + length + " octets");
    }
    return exactly((int) length);
  }

  void skip(long octets) throws IOException {
    in.skipNBytes(octets);
    position += octets;
  }

  long u32() throws IOException {
    return u32(exactly(4), 0);
  }

  int u16() throws IOException {
    return u16(exactly(2), 0);
  }

  /** The next so many octets as a file. */
  Part part(long size) throws IOException {
    if (size < 0) {
      throw new IOException("a size below 0");
    }
    return new Part(size);
  }

  static int u16(byte[] octets, int at) {
    return (octets[at] & 0xFF) | ((octets[at + 1] & 0xFF) << 8);
  }

  static long u32(byte[] octets, int at) {
    return u16(octets, at) | ((long) u16(octets, at + 2) << 16);
  }

  static long u64(byte[] octets, int at) {
    return u32(octets, at) | (u32(octets, at + 4) << 32);
  }

  /** Up to its length or its first NUL. */
  static String text(byte[] octets, int from, int length) {
    int end = from;
    while (end < from + length && octets[end] != 0) {
      end++;
    }
    return new String(octets, from, end - from, StandardCharsets.UTF_8);
  }

  /** A number in digits, as old formats write it; blanks and NULs around it. */
  static long number(byte[] octets, int from, int length, int radix) throws IOException {
    String digits = text(octets, from, length).strip();
    try {
      return digits.isEmpty() ? 0 : Math.max(0, Long.parseLong(digits, radix));
    } catch (NumberFormatException e) {
      throw new IOException("a size that is no number", e);
    }
  }

  /** One file's octets. */
  final class Part extends InputStream {

    private long left;

    private Part(long size) {
      left = size;
    }

    void skipRest() throws IOException {
      OctetReader.this.skip(left);
      left = 0;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      left--;
      return octet();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int got = OctetReader.this.read(buffer, offset, (int) Math.min(length, left));
      if (got < 0) {
        throw new EOFException("cut off");
      }
      left -= got;
      return got;
    }
  }
}
