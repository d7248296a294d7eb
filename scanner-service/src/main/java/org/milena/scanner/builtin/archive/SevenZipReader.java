package org.milena.scanner.builtin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;

/** Reads 7z archives. Their directory stands at the end, so the packed octets are held. */
final class SevenZipReader {

  /** The most that is held packed; what an archive in a mail can have, and little more. */
  private static final int MAX_PACKED = 32 << 20;

  /** Dictionaries: what 7-Zip takes at its highest level. */
  private static final int MAX_DICTIONARY = 64 << 20;

  /** Below this nothing is saved; libraries write it for files of any size. */
  private static final int MIN_DICTIONARY = 20 << 20;

  private static final int STEP = 1 << 16;

  private final InputStream in;
  private final MemoryUse memory;

  SevenZipReader(InputStream in, MemoryUse memory) {
    this.in = in;
    this.memory = memory;
  }

  void read(ArchiveVisitor visitor) throws IOException {
    var packed = new HeldOctets(memory, MAX_PACKED);
    try {
      byte[] octets = packed.readAll(in, STEP);
      // small archives cannot need the dictionary they may claim, but the decoder takes it
      int dictionary =
          (int) Math.min(MAX_DICTIONARY, Math.max(MIN_DICTIONARY, octets.length * 64L));
      memory.take(dictionary);
      try {
        read(octets, dictionary, visitor);
      } finally {
        memory.giveBack(dictionary);
      }
    } finally {
      packed.giveBack();
    }
  }

  private static void read(byte[] octets, int dictionary, ArchiveVisitor visitor)
      throws IOException {
    try (SevenZFile archive =
        SevenZFile.builder().setByteArray(octets).setMaxMemoryLimitKiB(dictionary >> 10).get()) {
      for (SevenZArchiveEntry entry = archive.getNextEntry();
          entry != null && !visitor.enough();
          entry = archive.getNextEntry()) {
        if (!entry.isDirectory()) {
          visitor.file(shown(archive, entry));
        }
      }
    } catch (PasswordRequiredException _) {
      visitor.file(ArchiveEntry.closed("", ArchiveEntry.Kind.ENCRYPTED)); // its directory, too
    }
  }

  private static ArchiveEntry shown(SevenZFile archive, SevenZArchiveEntry entry)
      throws IOException {
    String name = entry.getName() == null ? "" : entry.getName();
    boolean encrypted =
        entry.getContentMethods() != null
            && StreamSupport.stream(entry.getContentMethods().spliterator(), false)
                .anyMatch(method -> method.getMethod() == SevenZMethod.AES256SHA256);
    return encrypted
        ? ArchiveEntry.closed(name, ArchiveEntry.Kind.ENCRYPTED)
        : ArchiveEntry.readable(
            name, entry.hasStream() ? content(archive) : InputStream.nullInputStream());
  }

  private static InputStream content(SevenZFile archive) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return archive.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return length == 0 ? 0 : archive.read(buffer, offset, length);
      }
    };
  }
}
