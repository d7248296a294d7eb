package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads tar archives: the first form of 1979, ustar, pax (POSIX.1-2001) and GNU's long names and
 * sizes. A sparse file is shown as it is stored, without its holes.
 */
final class TarReader {

  static final int BLOCK = 512;

  /** What the headers before a file say of it. */
  private Optional<String> nextName = Optional.empty();

  private Optional<Long> nextSize = Optional.empty();
  private final OctetReader in;

  TarReader(InputStream in) {
    this.in = new OctetReader(in);
  }

  /** By its checksum, since old archives have no magic number. */
  static boolean is(byte[] head, int length) {
    if (length < BLOCK || head[0] == 0) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xFF;
    }
    String said = OctetReader.text(head, 148, 8).strip();
    try {
      return !said.isEmpty() && Integer.parseInt(said, 8) == sum;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  void read(ArchiveVisitor visitor) throws IOException {
    byte[] header = in.upTo(BLOCK);
    while (header.length == BLOCK && header[0] != 0 && !visitor.enough()) {
      if (!is(header, BLOCK)) {
        throw new IOException("no tar header where one must be");
      }
      long size = nextSize.isPresent() ? nextSize.get() : size(header);
      OctetReader.Part content = in.part(size);
      switch (header[156]) {
        case 'L' -> nextName = Optional.of(trimmed(content, size));
        case 'K' -> content.skipRest();
        case 'x', 'X', 'g' -> extended(content, size);
        default -> {
          visitor.file(ArchiveEntry.readable(nextName.orElse(name(header)), content));
          nextName = Optional.empty();
          nextSize = Optional.empty();
        }
      }
      content.skipRest();
      in.skip((BLOCK - size % BLOCK) % BLOCK);
      header = in.upTo(BLOCK);
    }
  }

  private static String name(byte[] header) {
    String name = OctetReader.text(header, 0, 100);
    boolean ustar = OctetReader.text(header, 257, 6).equals("ustar");
    String folder = ustar ? OctetReader.text(header, 345, 155) : "";
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private static long size(byte[] header) throws IOException {
    if (header[124] < 0) { // GNU: a number of 11 octets
      long size = 0;
      for (int i = 128; i < 136; i++) {
        size = (size << 8) | (header[i] & 0xFF);
      }
      return Math.max(0, size);
    }
    return OctetReader.number(header, 124, 12, 8);
  }

  private static String trimmed(InputStream content, long size) throws IOException {
    byte[] octets = small(content, size);
    return OctetReader.text(octets, 0, octets.length);
  }

  /** Records of the form {@code 12 path=name}, each with its length before it. */
  private void extended(InputStream content, long size) throws IOException {
    byte[] octets = small(content, size);
    int at = 0;
    while (at < octets.length) {
      int blank = at;
      while (blank < octets.length && octets[blank] != ' ') {
        blank++;
      }
      long length = OctetReader.number(octets, at, blank - at, 10);
      if (length <= blank - at || length > octets.length - at) {
        return; // padding, or damaged: then the plain header counts
      }
      String record =
          new String(octets, blank + 1, (int) length - (blank - at) - 1, StandardCharsets.UTF_8);
      String value = record.substring(record.indexOf('=') + 1).stripTrailing();
      if (record.startsWith("path=") || record.startsWith("GNU.sparse.name=")) {
        nextName = Optional.of(value);
      } else if (record.startsWith("size=")) {
        byte[] digits = value.getBytes(StandardCharsets.UTF_8);
        nextSize = Optional.of(OctetReader.number(digits, 0, digits.length, 10));
      }
      at += (int) length;
    }
  }

  private static byte[] small(InputStream content, long size) throws IOException {
    if (size > OctetReader.LONGEST_NAME) {
      throw new IOException("a tar header of " + size + " octets");
    }
    return content.readNBytes((int) size);
  }
}
