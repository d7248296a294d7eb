package org.milena.scanner.builtin.archive;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * One packed stream, as it unpacks. Holds the memory that its dictionary was granted until it is
 * closed; what it read from stays open.
 */
final class PackedFile extends FilterInputStream {

  /** Of a dictionary whose size is known to the format, and small. */
  private static final int FIXED_KIB = 4096;

  /** bzip2 sorts blocks of 900 kB, with four octets for each. */
  private static final long BZIP2_MEMORY = 5L << 20;

  private static final int XZ_STREAM_HEADER = 12;

  /** A block header of xz says its length in one octet, in units of four. */
  private static final int XZ_LOOK_AHEAD = XZ_STREAM_HEADER + 1024;

  private static final int LZMA2 = 0x21;

  private final Runnable release;

  private PackedFile(InputStream unpacked, Runnable release) {
    super(unpacked);
    this.release = release;
  }

  /** The unpacked octets. */
  static PackedFile open(ArchiveFormat format, InputStream archive, MemoryUse memory)
      throws IOException {
    InputStream packed = new Unclosable(archive);
    return switch (format) {
      case GZIP -> of(new GZIPInputStream(packed, 8192));
      case BZIP2 -> {
        memory.take(BZIP2_MEMORY);
        yield granted(
            BZIP2_MEMORY,
            memory,
            () -> new BZip2CompressorInputStream(new BufferedInputStream(packed), true));
      }
      case COMPRESS -> of(new ZCompressorInputStream(new BufferedInputStream(packed), FIXED_KIB));
      case LZ4 -> of(new FramedLZ4CompressorInputStream(new BufferedInputStream(packed), true));
      case XZ -> xz(new BufferedInputStream(packed, XZ_LOOK_AHEAD), memory);
      case LZMA -> lzma(new BufferedInputStream(packed), memory);
      case ZSTD -> {
        var frames = new ZstdFrames(packed, memory);
        yield new PackedFile(new ZstdCompressorInputStream(frames), frames::giveBack);
      }
      case ZIP, TAR, SEVEN_ZIP, RAR, AR, CPIO, ARJ, TNEF ->
          throw new IllegalArgumentException(format + " is no packed stream");
    };
  }

  /** Deflate with a window of 64 KiB, as it is found in a zip only. */
  static PackedFile deflate64(InputStream archive) {
    return of(new Deflate64CompressorInputStream(new Unclosable(archive)));
  }

  /** A stream that needs no more than a few buffers. */
  private static PackedFile of(InputStream unpacked) {
    return new PackedFile(unpacked, () -> {});
  }

  /**
   * Raw LZMA, whose properties stand before it, as in a zip.
   *
   * @param size unpacked; -1 when it ends by a mark of its own
   */
  static PackedFile rawLzma(InputStream archive, byte[] properties, long size, MemoryUse memory)
      throws IOException {
    InputStream packed = new Unclosable(archive);
    long dictionary = OctetReader.u32(properties, 1);
    memory.take(dictionary);
    return granted(
        dictionary,
        memory,
        () -> {
          var unpacked = new LZMAInputStream(packed, size, properties[0], (int) dictionary);
          unpacked.enableRelaxedEndCondition();
          return unpacked;
        });
  }

  private static PackedFile lzma(BufferedInputStream packed, MemoryUse memory) throws IOException {
    packed.mark(16);
    byte[] header = packed.readNBytes(13);
    packed.reset();
    if (header.length < 13) {
      throw new IOException("cut off");
    }
    long dictionary = OctetReader.u32(header, 1);
    memory.take(dictionary);
    return granted(
        dictionary, memory, () -> new LZMAInputStream(packed, kib(dictionary) + FIXED_KIB));
  }

  private static PackedFile xz(BufferedInputStream packed, MemoryUse memory) throws IOException {
    packed.mark(XZ_LOOK_AHEAD);
    byte[] head = packed.readNBytes(XZ_LOOK_AHEAD);
    packed.reset();
    long dictionary = xzDictionary(head);
    memory.take(dictionary);
    return granted(
        dictionary, memory, () -> new XZInputStream(packed, kib(dictionary) + FIXED_KIB));
  }

  /** What its first block asks for; a later one that asks for more is refused when it comes. */
  private static long xzDictionary(byte[] head) {
    int at = XZ_STREAM_HEADER;
    if (head.length < at + 2 || head[at] == 0) {
      return 0; // no block at all
    }
    int end = Math.min(head.length, at + 4 * ((head[at] & 0xFF) + 1));
    int flags = head[at + 1];
    at += 2;
    at = (flags & 0x40) != 0 ? afterNumber(head, at, end) : at;
    at = (flags & 0x80) != 0 ? afterNumber(head, at, end) : at;
    for (int filter = 0; filter <= (flags & 3) && at + 2 < end; filter++) {
      int id = head[at];
      int properties = afterNumber(head, at, end);
      if (id == LZMA2 && properties + 1 < end) {
        int bits = head[properties + 1] & 0x3F;
        return bits >= 40 ? 0xFFFF_FFFFL : (2L | (bits & 1)) << (bits / 2 + 11);
      }
      at = properties + 1 + (properties < end ? head[properties] & 0xFF : 0);
    }
    return 0;
  }

  private static int afterNumber(byte[] head, int from, int end) {
    int at = from;
    while (at < end && head[at] < 0) {
      at++;
    }
    return at + 1;
  }

  private static int kib(long octets) {
    return (int) (octets >> 10);
  }

  /** The name that a gzip header gives to its content; empty when it gives none. */
  static String gzipName(byte[] head, int length) {
    if (length < 12 || (head[3] & 8) == 0) {
      return "";
    }
    int from = (head[3] & 4) != 0 ? 12 + OctetReader.u16(head, 10) : 10;
    return from < length ? OctetReader.text(head, from, length - from) : "";
  }

  @FunctionalInterface
  private interface Opening {
    InputStream open() throws IOException;
  }

  private static PackedFile granted(long taken, MemoryUse memory, Opening opening)
      throws IOException {
    boolean opened = false;
    try {
      var file = new PackedFile(opening.open(), () -> memory.giveBack(taken));
      opened = true;
      return file;
    } finally {
      if (!opened) {
        memory.giveBack(taken);
      }
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    release.run();
    super.close(); // some decoders hold memory that no collector sees
  }

  /** The archive around a packed file goes on behind it. */
  private static final class Unclosable extends FilterInputStream {

    Unclosable(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // by the name of the class
    }
  }
}
