package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.arj.ArjArchiveEntry;
import org.apache.commons.compress.archivers.arj.ArjArchiveInputStream;

/** Reads ARJ archives; only their stored files can be looked into. */
final class ArjReader {

  /** Its headers are this long at most. */
  private static final int LONGEST_HEADER = 2600;

  private static final int MAIN_HEADER = 2;

  private final InputStream in;

  ArjReader(InputStream in) {
    this.in = in;
  }

  /** The mark has two octets only, so what follows is looked at, too. */
  static boolean is(byte[] head, int length) {
    if (length < 34 || !Magic.startsWith(head, length, 0x60, 0xea)) {
      return false;
    }
    int basic = OctetReader.u16(head, 2);
    return basic >= 30 && basic <= LONGEST_HEADER && head[4] >= 30 && head[10] == MAIN_HEADER;
  }

  void read(ArchiveVisitor visitor) throws IOException {
    try (var archive = new ArjArchiveInputStream(in)) {
      for (ArjArchiveEntry entry = archive.getNextEntry();
          entry != null && !visitor.enough();
          entry = archive.getNextEntry()) {
        visitor.file(shown(archive, entry));
      }
    } catch (ArchiveException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ArchiveEntry shown(ArjArchiveInputStream archive, ArjArchiveEntry entry) {
    if (archive.canReadEntryData(entry)) {
      return ArchiveEntry.readable(entry.getName(), archive);
    }
    return ArchiveEntry.closed(entry.getName(), ArchiveEntry.Kind.UNREADABLE);
  }
}
