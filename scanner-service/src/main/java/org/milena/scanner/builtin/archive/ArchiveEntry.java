package org.milena.scanner.builtin.archive;

import java.io.InputStream;

/**
 * A file in an archive.
 *
 * @param name as the archive has it; empty when it has none
 * @param content to be read before the next file is asked for; empty unless it is readable
 */
public record ArchiveEntry(String name, Kind kind, InputStream content) {

  /** How far it can be looked into. */
  public enum Kind {
    READABLE,
    ENCRYPTED,
    /** A compression, or a form of it, that nobody here can undo. */
    UNREADABLE,
    /** In a format of which only the list of files is read. */
    LISTED
  }

  static ArchiveEntry readable(String name, InputStream content) {
    return new ArchiveEntry(name, Kind.READABLE, content);
  }

  static ArchiveEntry closed(String name, Kind kind) {
    return new ArchiveEntry(name, kind, InputStream.nullInputStream());
  }
}
