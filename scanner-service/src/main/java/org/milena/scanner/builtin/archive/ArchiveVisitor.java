package org.milena.scanner.builtin.archive;

import java.io.IOException;

/** Told of every file in an archive. */
public interface ArchiveVisitor {

  /** A file; what is left of its content is skipped. */
  void file(ArchiveEntry entry) throws IOException;

  /** Another name for one of the files: from a directory, or from a second list of names. */
  void alsoNamed(String name) throws IOException;

  /** Whether no more need be told. */
  boolean enough();
}
