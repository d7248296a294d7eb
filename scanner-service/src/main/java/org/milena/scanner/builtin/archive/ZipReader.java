package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipException;
import org.milena.common.header.MailCharsets;
import org.milena.scanner.builtin.archive.ArchiveEntry.Kind;

/**
 * Reads a ZIP file (APPNOTE 6.3) from front to end: each local header and what it holds, then
 * whether the directory names the same files at the same places.
 *
 * <p>Not {@code java.util.zip.ZipInputStream}, because that one stops at the first entry it cannot
 * read (encrypted, another compression) and never looks at the directory, in which a file can be
 * named that lies where no local header was seen. Files that overlap, the bomb of David Fifield,
 * are found that way, too: read in line they are one file, and the directory names thousands.
 */
final class ZipReader {

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_HEADER = 0x02014b50;
  private static final int END_OF_DIRECTORY = 0x06054b50;
  private static final int END_IN_ZIP64 = 0x06064b50;
  private static final int LOCATOR_IN_ZIP64 = 0x07064b50;
  private static final int SIGNATURE_OF_DIRECTORY = 0x05054b50;
  private static final int DATA_DESCRIPTOR = 0x08074b50;
  private static final int ARCHIVE_EXTRA = 0x08064b50;
  private static final int ONE_PIECE = 0x30304b50;
  private static final long IN_ZIP64 = 0xFFFF_FFFFL;

  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int DEFLATE64 = 9;
  private static final int BZIP2 = 12;
  private static final int LZMA = 14;
  private static final int ZSTD = 93;
  private static final int OLD_ZSTD = 20;
  private static final int XZ = 95;

  /** A descriptor has 12 to 24 octets; between entries there is nothing else. */
  private static final int MAX_GAP = 64;

  private final OctetReader in;
  private final MemoryUse memory;
  private boolean describedAfterwards;
  private long[] places = new long[16];
  private int seen;

  ZipReader(InputStream in, MemoryUse memory) {
    this.in = new OctetReader(in);
    this.memory = memory;
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
   * Reads it to the end of its directory.
   *
   * @throws IOException when it is damaged, cut off or not what its directory says
   */
  void read(ArchiveVisitor visitor) throws IOException {
    int signature = (int) in.u32();
    if (signature == DATA_DESCRIPTOR || signature == ONE_PIECE) {
      signature = (int) in.u32(); // marks an archive in pieces that became one
    }
    while (signature == LOCAL_HEADER && !visitor.enough()) {
      entry(visitor);
      if (visitor.enough()) {
        return;
      }
      signature = describedAfterwards ? afterDescriptor() : (int) in.u32();
    }
    if (visitor.enough()) {
      return;
    }
    if (signature == ARCHIVE_EXTRA) {
      in.skip(in.u32());
      signature = (int) in.u32();
    }
    long directory = in.position() - 4;
    end(signature == DIRECTORY_HEADER ? directory(visitor) : signature, directory);
  }

  private void entry(ArchiveVisitor visitor) throws IOException {
    remember(in.position() - 4);
    byte[] header = in.exactly(26);
    int flags = OctetReader.u16(header, 2);
    int method = OctetReader.u16(header, 4);
    long packedSize = OctetReader.u32(header, 14);
    long size = OctetReader.u32(header, 18);
    byte[] name = in.exactly(OctetReader.u16(header, 22));
    byte[] extra = in.exactly(OctetReader.u16(header, 24));
    if (packedSize == IN_ZIP64) {
      packedSize = zip64(extra, size == IN_ZIP64 ? 1 : 0);
    }
    if (size == IN_ZIP64) {
      size = zip64(extra, 0);
    }
    describedAfterwards = (flags & 8) != 0;
    boolean encrypted = (flags & 1) != 0;
    if (method == DEFLATED && !encrypted) {
      try (var content = new ZipStreams.Inflating(in)) {
        visit(text(name), content, visitor);
        ZipStreams.skipRest(content);
      }
      return;
    }
    InputStream packed =
        describedAfterwards && packedSize == 0
            ? new ZipStreams.UntilDescriptor(in, DATA_DESCRIPTOR)
            : in.part(packedSize);
    if (encrypted) {
      visitor.file(ArchiveEntry.closed(text(name), Kind.ENCRYPTED));
    } else if (method == STORED) {
      visit(text(name), packed, visitor);
    } else {
      Optional<PackedFile> content = unpacked(method, packed, (flags & 2) != 0 ? -1 : size);
      if (content.isEmpty()) {
        visitor.file(ArchiveEntry.closed(text(name), Kind.UNREADABLE));
      } else {
        try (PackedFile file = content.get()) {
          visit(text(name), file, visitor);
        }
        if (method == LZMA && !visitor.enough() && packed.read() >= 0) {
          throw new ZipException("a file longer than its header says");
        }
      }
    }
    ZipStreams.skipRest(packed);
  }

  private static void visit(String name, InputStream content, ArchiveVisitor visitor)
      throws IOException {
    visitor.file(ArchiveEntry.readable(name, content));
  }

  private Optional<PackedFile> unpacked(int method, InputStream packed, long size)
      throws IOException {
    return switch (method) {
      case DEFLATE64 -> Optional.of(PackedFile.deflate64(packed));
      case BZIP2 -> Optional.of(PackedFile.open(ArchiveFormat.BZIP2, packed, memory));
      case XZ -> Optional.of(PackedFile.open(ArchiveFormat.XZ, packed, memory));
      case ZSTD, OLD_ZSTD -> Optional.of(PackedFile.open(ArchiveFormat.ZSTD, packed, memory));
      case LZMA -> {
        byte[] header = packed.readNBytes(4);
        byte[] properties = packed.readNBytes(5);
        if (properties.length < 5 || OctetReader.u16(header, 2) != 5) {
          throw new ZipException("LZMA with unknown properties");
        }
        yield Optional.of(PackedFile.rawLzma(packed, properties, size, memory));
      }
      default -> Optional.empty();
    };
  }

  private void remember(long place) {
    if (seen == places.length) {
      places = Arrays.copyOf(places, 2 * seen);
    }
    places[seen++] = place;
  }

  private static String text(byte[] name) {
    return MailCharsets.guess(name, 0, name.length);
  }

  /** The number at this place among those that did not fit into the header. */
  private static long zip64(byte[] extra, int place) throws ZipException {
    for (int i = 0; i + 4 <= extra.length; i += 4 + OctetReader.u16(extra, i + 2)) {
      int at = i + 4 + 8 * place;
      if (OctetReader.u16(extra, i) == 1 && at + 8 <= extra.length) {
        return OctetReader.u64(extra, at);
      }
    }
    throw new ZipException("a size is missing");
  }

  /**
   * The descriptor may or may not have its signature, and sizes of 4 or 8 octets: look for what
   * follows.
   */
  private int afterDescriptor() throws IOException {
    int window = (int) in.u32();
    for (int i = 0; i < MAX_GAP; i++) {
      if (window == LOCAL_HEADER || window == DIRECTORY_HEADER || window == END_OF_DIRECTORY) {
        return window;
      }
      window = (window >>> 8) | (in.octet() << 24);
    }
    throw new ZipException("no header where one must be");
  }

  /** Its names count as well: programs that unpack take them from here. */
  private int directory(ArchiveVisitor visitor) throws IOException {
    int named = 0;
    int signature = DIRECTORY_HEADER;
    while (signature == DIRECTORY_HEADER) {
      named++;
      if (named > seen) {
        throw new ZipException("its directory names files that do not stand in line");
      }
      byte[] header = in.exactly(42);
      byte[] name = in.exactly(OctetReader.u16(header, 24));
      byte[] extra = in.exactly(OctetReader.u16(header, 26));
      in.skip(OctetReader.u16(header, 28));
      long place = OctetReader.u32(header, 38);
      if (place == IN_ZIP64) {
        int before = OctetReader.u32(header, 16) == IN_ZIP64 ? 1 : 0;
        place = zip64(extra, before + (OctetReader.u32(header, 20) == IN_ZIP64 ? 1 : 0));
      }
      if (Arrays.binarySearch(places, 0, seen, place) < 0) {
        throw new ZipException("its directory points where no file begins");
      }
      visitor.alsoNamed(text(name));
      signature = (int) in.u32();
    }
    return signature;
  }

  /**
   * The records behind the directory. Programs look for them from the end of the file, and take
   * another archive that stands there for the one that is meant.
   */
  private void end(int first, long directory) throws IOException {
    int signature = first;
    if (signature == SIGNATURE_OF_DIRECTORY) {
      in.skip(in.u16());
      signature = (int) in.u32();
    }
    long wide = directory;
    if (signature == END_IN_ZIP64) {
      long size = OctetReader.u64(in.exactly(8), 0);
      if (size < 44) {
        throw new ZipException("its end is too short");
      }
      wide = OctetReader.u64(in.exactly(44), 36);
      in.skip(size - 44);
      signature = (int) in.u32();
    }
    if (signature == LOCATOR_IN_ZIP64) {
      in.skip(16);
      signature = (int) in.u32();
    }
    if (signature != END_OF_DIRECTORY) {
      throw new ZipException("no header where one must be");
    }
    byte[] end = in.exactly(18);
    long place = OctetReader.u32(end, 12);
    if (wide != directory || (place != IN_ZIP64 && place != directory)) {
      throw new ZipException("its end points to another directory");
    }
    if (holdsEnd(in.exactly(OctetReader.u16(end, 16)))) {
      throw new ZipException("its comment holds the end of another archive");
    }
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet != 0 && octet != '\r' && octet != '\n') { // padding
        throw new ZipException("it goes on behind its end");
      }
    }
  }

  private static boolean holdsEnd(byte[] comment) {
    for (int i = 0; i + 4 <= comment.length; i++) {
      if ((int) OctetReader.u32(comment, i) == END_OF_DIRECTORY) {
        return true;
      }
    }
    return false;
  }
}
