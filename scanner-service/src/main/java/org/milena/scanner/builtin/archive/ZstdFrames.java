package org.milena.scanner.builtin.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Zstandard frames (RFC 8878) on their way to the decoder, each asked for the memory that its
 * window needs before the decoder sees it: the decoder is native code and takes up to 128 MiB.
 */
final class ZstdFrames extends InputStream {

  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int CHECKSUM = 4;

  private enum Next {
    FRAME,
    BLOCK,
    END
  }

  private final OctetReader in;
  private final MemoryUse memory;
  private Next next = Next.FRAME;
  private boolean checksum;
  private boolean last;

  /** A header on its way through. */
  private byte[] header = new byte[0];

  private int position;

  /** What of a block or a skipped frame goes through as it is. */
  private long through;

  private long taken;

  ZstdFrames(InputStream in, MemoryUse memory) {
    this.in = new OctetReader(in);
    this.memory = memory;
  }

  void giveBack() {
    memory.giveBack(taken);
    taken = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == header.length && through == 0) {
      if (!advance()) {
        return -1;
      }
    }
    if (position < header.length) {
      int count = Math.min(length, header.length - position);
      System.arraycopy(header, position, buffer, offset, count);
      position += count;
      return count;
    }
    int got = in.read(buffer, offset, (int) Math.min(length, through));
    if (got < 0) {
      throw new EOFException("cut off");
    }
    through -= got;
    return got;
  }

  private boolean advance() throws IOException {
    switch (next) {
      case FRAME -> {
        byte[] magic = in.upTo(4);
        if (magic.length < 4) {
          next = Next.END;
          return false;
        }
        int value = (int) OctetReader.u32(magic, 0);
        if ((value & 0xFFFFFFF0) == SKIPPABLE) {
          byte[] size = in.exactly(4);
          show(magic, size);
          through = OctetReader.u32(size, 0);
        } else if (value == MAGIC) {
          frame(magic);
        } else {
          next = Next.END; // what follows the last frame is none of it
          return false;
        }
      }
      case BLOCK -> {
        if (last) {
          through = checksum ? CHECKSUM : 0;
          header = new byte[0];
          position = 0;
          next = Next.FRAME;
        } else {
          block();
        }
      }
      case END -> {
        return false;
      }
    }
    return true;
  }

  private void frame(byte[] magic) throws IOException {
    int descriptor = in.octet();
    boolean single = (descriptor & 0x20) != 0;
    int idLength = new int[] {0, 1, 2, 4}[descriptor & 3];
    int sizeLength = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >> 6];
    byte[] rest = in.exactly((single ? 0 : 1) + idLength + sizeLength);
    long window;
    if (single) {
      long size = 0;
      for (int i = rest.length - 1; i >= idLength; i--) {
        size = (size << 8) | (rest[i] & 0xFF);
      }
      window = size + (sizeLength == 2 ? 256 : 0);
    } else {
      long base = 1L << (10 + ((rest[0] & 0xFF) >> 3));
      window = base + base / 8 * (rest[0] & 7);
    }
    if (window < 0) {
      throw new IOException("a window of unheard-of size");
    }
    if (window > taken) {
      memory.take(window - taken);
      taken = window;
    }
    checksum = (descriptor & 4) != 0;
    last = false;
    next = Next.BLOCK;
    byte[] described = new byte[rest.length + 1];
    described[0] = (byte) descriptor;
    System.arraycopy(rest, 0, described, 1, rest.length);
    show(magic, described);
  }

  private void block() throws IOException {
    byte[] octets = in.exactly(3);
    int value = (octets[0] & 0xFF) | ((octets[1] & 0xFF) << 8) | ((octets[2] & 0xFF) << 16);
    last = (value & 1) != 0;
    boolean repeated = ((value >> 1) & 3) == 1;
    through = repeated ? 1 : value >> 3;
    show(octets, new byte[0]);
  }

  private void show(byte[] first, byte[] second) {
    header = new byte[first.length + second.length];
    System.arraycopy(first, 0, header, 0, first.length);
    System.arraycopy(second, 0, header, first.length, second.length);
    position = 0;
  }
}
