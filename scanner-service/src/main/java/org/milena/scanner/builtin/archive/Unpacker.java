package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

/** Shows a visitor what is in an archive or a packed file. */
public final class Unpacker {

  private static final Map<String, String> UNPACKED_NAMES =
      Map.of(
          "tgz", ".tar",
          "taz", ".tar",
          "tbz", ".tar",
          "tbz2", ".tar",
          "txz", ".tar",
          "tlz", ".tar",
          "tzst", ".tar");

  private final MemoryUse memory;

  /** Asks there for what an archive wants of memory. */
  public Unpacker(MemoryUse memory) {
    this.memory = memory;
  }

  /**
   * Reads an archive to its end, or until the visitor has enough.
   *
   * @param name of the archive; a packed file without a name of its own is called after it
   * @param head its first octets, {@code length} of them
   * @param content from its beginning
   * @throws IOException when it is damaged, cut off or wants too much memory
   */
  public void unpack(
      ArchiveFormat format,
      String name,
      byte[] head,
      int length,
      InputStream content,
      ArchiveVisitor visitor)
      throws IOException {
    switch (format) {
      case ZIP -> new ZipReader(content, memory).read(visitor);
      case TAR -> new TarReader(content).read(visitor);
      case SEVEN_ZIP -> new SevenZipReader(content, memory).read(visitor);
      case RAR -> new RarReader(content).read(visitor);
      case AR -> new ArReader(content).read(visitor);
      case CPIO -> new CpioReader(content).read(visitor);
      case ARJ -> new ArjReader(content).read(visitor);
      case TNEF -> new TnefReader(content).read(visitor);
      case GZIP -> {
        String inside = PackedFile.gzipName(head, length);
        if (!inside.isEmpty()) {
          visitor.alsoNamed(inside);
        }
        packed(format, name, content, visitor);
      }
      case BZIP2, XZ, LZMA, ZSTD, COMPRESS, LZ4 -> packed(format, name, content, visitor);
    }
  }

  private void packed(
      ArchiveFormat format, String name, InputStream content, ArchiveVisitor visitor)
      throws IOException {
    try (PackedFile unpacked = PackedFile.open(format, content, memory)) {
      visitor.file(ArchiveEntry.readable(unpackedName(name), unpacked));
    }
  }

  private static String unpackedName(String name) {
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return name;
    }
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "gz", "z", "bz2", "bz", "xz", "lzma", "zst", "lz4" -> name.substring(0, dot);
      default -> name.substring(0, dot) + UNPACKED_NAMES.getOrDefault(extension, "." + extension);
    };
  }
}
