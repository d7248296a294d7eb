package org.milena.common.settings;

/**
 * Whether and for whom posts are archived.
 *
 * @param archived whether posts are archived at all
 * @param archiveAccess who may read the archive
 */
public record ArchiveSettings(boolean archived, ArchiveAccess archiveAccess) {

  /** Archived, and public. */
  public static final ArchiveSettings DEFAULT = new ArchiveSettings(true, ArchiveAccess.PUBLIC);
}
