package org.milena.scanner.builtin;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.MailCharsets;

/**
 * Reads a ZIP file (APPNOTE 6.3) from front to end: each local header and what it holds, then how
 * many files the directory claims.
 *
 * <p>Not {@code java.util.zip.ZipInputStream}, because that one stops at the first entry it cannot
 * read (encrypted, another compression) and never looks at the directory, in which a file can be
 * named that lies where no local header was seen.
 */
final class ZipReader {

  /** How an entry can be read. */
  enum Kind {
    READABLE,
    ENCRYPTED,
    /** A compression, or a form of it, that we cannot undo. */
    UNREADABLE
  }

  /** An entry; its content is to be read before the next one is asked for. */
  record Entry(String name, Kind kind, InputStream content) {}

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_HEADER = 0x02014b50;
  private static final int END_OF_DIRECTORY = 0x06054b50;
  private static final int DATA_DESCRIPTOR = 0x08074b50;
  private static final int ARCHIVE_EXTRA = 0x08064b50;

  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int BUFFER = 8192;

  /** A descriptor has 12 to 24 octets; between entries there is nothing else. */
  private static final int MAX_GAP = 64;

  private final PushbackInputStream in;
  private @Nullable InputStream open;
  private boolean describedAfterwards;
  private int seen;

  ZipReader(InputStream in) {
    this.in = new PushbackInputStream(in, BUFFER);
  }

  /** Whether a file that begins so is one. */
  static boolean is(byte[] head, int length) {
    return length >= 4
        && head[0] == 'P'
        && head[1] == 'K'
        && ((head[2] == 3 && head[3] == 4)
            || (head[2] == 5 && head[3] == 6)
            || (head[2] == 7 && head[3] == 8)
            || (head[2] == '0' && head[3] == '0'));
  }

  /**
   * The next entry; empty when all were read and the directory names no more.
   *
   * @throws IOException when the file is damaged or cut off
   */
  Optional<Entry> next() throws IOException {
    if (open != null) {
      open.transferTo(OutputStream.nullOutputStream());
      open = null;
    }
    int signature = describedAfterwards ? afterDescriptor() : readSignature();
    describedAfterwards = false;
    if (seen == 0 && (signature == DATA_DESCRIPTOR || signature == 0x30304b50)) {
      signature = readSignature(); // marks an archive in pieces that became one
    }
    return switch (signature) {
      case LOCAL_HEADER -> Optional.of(entry());
      case DIRECTORY_HEADER -> {
        checkDirectory();
        yield Optional.empty();
      }
      case END_OF_DIRECTORY, ARCHIVE_EXTRA -> Optional.empty();
      default -> throw new ZipException("no header where one must be");
    };
  }

  private Entry entry() throws IOException {
    seen++;
    byte[] header = exactly(26);
    int flags = u16(header, 2);
    int method = u16(header, 4);
    long packedSize = u32(header, 14);
    byte[] nameOctets = exactly(u16(header, 22));
    byte[] extra = exactly(u16(header, 24));
    if (packedSize == 0xFFFF_FFFFL) {
      packedSize = zip64Size(extra, u32(header, 18) == 0xFFFF_FFFFL);
    }
    String name = MailCharsets.guess(nameOctets, 0, nameOctets.length);
    describedAfterwards = (flags & 8) != 0;
    boolean encrypted = (flags & 1) != 0;
    InputStream content;
    if (method == DEFLATED && !encrypted) {
      content = new Inflating();
    } else if (describedAfterwards && packedSize == 0) {
      content = new UntilDescriptor();
    } else {
      content = new Bounded(packedSize);
    }
    open = content;
    Kind kind =
        encrypted
            ? Kind.ENCRYPTED
            : method == STORED || method == DEFLATED ? Kind.READABLE : Kind.UNREADABLE;
    return new Entry(name, kind, content);
  }

  private static long zip64Size(byte[] extra, boolean sizeIsThereToo) throws ZipException {
    for (int i = 0; i + 4 <= extra.length; i += 4 + u16(extra, i + 2)) {
      int at = i + 4 + (sizeIsThereToo ? 8 : 0);
      if (u16(extra, i) == 1 && at + 8 <= extra.length) {
        return u32(extra, at) | (u32(extra, at + 4) << 32);
      }
    }
    throw new ZipException("a size is missing");
  }

  /**
   * The descriptor may or may not have its signature, and sizes of 4 or 8 octets: look for what
   * follows.
   */
  private int afterDescriptor() throws IOException {
    int window = readSignature();
    for (int i = 0; i < MAX_GAP; i++) {
      if (window == LOCAL_HEADER || window == DIRECTORY_HEADER || window == END_OF_DIRECTORY) {
        return window;
      }
      window = (window >>> 8) | (oneOctet() << 24);
    }
    throw new ZipException("no header where one must be");
  }

  private void checkDirectory() throws IOException {
    int named = 0;
    int signature = DIRECTORY_HEADER;
    while (signature == DIRECTORY_HEADER) {
      named++;
      byte[] header = exactly(42);
      in.skipNBytes((long) u16(header, 24) + u16(header, 26) + u16(header, 28));
      if (named > seen) {
        throw new ZipException("its directory names files that do not stand in line");
      }
      signature = readSignature();
    }
  }

  private int readSignature() throws IOException {
    byte[] octets = exactly(4);
    return (int) u32(octets, 0);
  }

  private int oneOctet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("cut off");
    }
    return octet;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new EOFException("cut off");
    }
    return octets;
  }

  private static int u16(byte[] octets, int at) {
    return (octets[at] & 0xFF) | ((octets[at + 1] & 0xFF) << 8);
  }

  private static long u32(byte[] octets, int at) {
    return u16(octets, at) | ((long) u16(octets, at + 2) << 16);
  }

  /** Gives back what it read too much. */
  private final class Inflating extends InflaterInputStream {

    private boolean done;

    Inflating() {
      super(ZipReader.this.in, new Inflater(true), BUFFER / 2);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (done) {
        return -1;
      }
      int got = super.read(buffer, offset, length);
      if (got < 0) {
        done = true;
        int rest = inf.getRemaining();
        if (rest > 0) {
          ZipReader.this.in.unread(buf, len - rest, rest);
        }
        inf.end();
      }
      return got;
    }

    @Override
    public void close() {
      inf.end(); // the file goes on
    }
  }

  /** As many octets as the header says. */
  private final class Bounded extends InputStream {

    private long left;

    Bounded(long left) {
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      left--;
      return oneOctet();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int got = in.read(buffer, offset, (int) Math.min(length, left));
      if (got < 0) {
        throw new EOFException("cut off");
      }
      left -= got;
      return got;
    }
  }

  /** Stored octets of unknown number: up to the signature of their descriptor. */
  private final class UntilDescriptor extends InputStream {

    private int window;
    private int filled;
    private boolean done;

    @Override
    public int read() throws IOException {
      while (!done && filled < 4) {
        window = (window >>> 8) | (oneOctet() << 24);
        filled++;
      }
      if (done || window == DATA_DESCRIPTOR) {
        if (!done) {
          done = true;
          in.unread(new byte[] {'P', 'K', 7, 8});
        }
        return -1;
      }
      filled--;
      return window & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = 0;
      for (int octet; count < length && (octet = read()) >= 0; count++) {
        buffer[offset + count] = (byte) octet;
      }
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
