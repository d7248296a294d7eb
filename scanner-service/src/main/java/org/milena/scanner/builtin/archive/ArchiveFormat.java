package org.milena.scanner.builtin.archive;

import java.util.Locale;
import java.util.Optional;

/** The archives and packed files that are known here, told by their first octets. */
public enum ArchiveFormat {
  ZIP,
  TAR,
  SEVEN_ZIP,
  RAR,
  AR,
  CPIO,
  ARJ,
  /** Outlook's winmail.dat (MS-OXTNEF). */
  TNEF,
  GZIP,
  BZIP2,
  XZ,
  LZMA,
  ZSTD,
  COMPRESS,
  LZ4;

  /**
   * The format of a file that begins so.
   *
   * @param length how many octets of the head count
   * @param name for the one format that has no mark of its own
   */
  public static Optional<ArchiveFormat> of(byte[] head, int length, String name) {
    if (length < 4) {
      return Optional.empty();
    }
    Optional<ArchiveFormat> marked =
        switch (head[0]) {
          case 'P' -> when(ZipReader.is(head, length), ZIP);
          case 0x1f -> packed(head, length);
          case 'B' -> when(isBzip2(head, length), BZIP2);
          case (byte) 0xfd -> when(Magic.startsWith(head, length, 0xfd, '7', 'z', 'X', 'Z', 0), XZ);
          case 0x28 -> when(Magic.startsWith(head, length, 0x28, 0xb5, 0x2f, 0xfd), ZSTD);
          case 0x04 -> when(Magic.startsWith(head, length, 0x04, 0x22, 0x4d, 0x18), LZ4);
          case '7' ->
              when(Magic.startsWith(head, length, '7', 'z', 0xbc, 0xaf, 0x27, 0x1c), SEVEN_ZIP);
          case 'R' -> when(RarReader.is(head, length), RAR);
          case '!' -> when(ArReader.is(head, length), AR);
          case '0' -> when(CpioReader.is(head, length), CPIO);
          case 0x60 -> when(ArjReader.is(head, length), ARJ);
          case 0x78 -> when(TnefReader.is(head, length), TNEF);
          case 0x5d -> when(isLzma(head, length, name), LZMA);
          default -> Optional.empty();
        };
    return marked.isPresent() ? marked : when(TarReader.is(head, length), TAR);
  }

  private static Optional<ArchiveFormat> when(boolean is, ArchiveFormat format) {
    return is ? Optional.of(format) : Optional.empty();
  }

  private static Optional<ArchiveFormat> packed(byte[] head, int length) {
    if (Magic.startsWith(head, length, 0x1f, 0x8b)) {
      return Optional.of(GZIP);
    }
    return when(Magic.startsWith(head, length, 0x1f, 0x9d) && head[2] < 0, COMPRESS);
  }

  /** Its first block has the digits of pi before it, or those of their root when it is empty. */
  private static boolean isBzip2(byte[] head, int length) {
    return length >= 10
        && Magic.startsWith(head, length, 'B', 'Z', 'h')
        && ((head[4] == 0x31 && head[5] == 0x41) || (head[4] == 0x17 && head[5] == 0x72));
  }

  private static boolean isLzma(byte[] head, int length, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return length >= 13
        && Magic.startsWith(head, length, 0x5d, 0, 0)
        && (lower.endsWith(".lzma") || lower.endsWith(".tlz") || head[12] == -1 || head[12] == 0);
  }
}
