package org.milena.common.settings;

/** Who reads an archive. */
public enum ArchiveAccess {
  PUBLIC,
  MEMBERS
}
