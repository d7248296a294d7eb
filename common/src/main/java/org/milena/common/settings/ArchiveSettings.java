package org.milena.common.settings;

/**
 * Whether, for whom and for how long posts are archived.
 *
 * @param archived whether posts are archived at all
 * @param archiveAccess who may read the archive
 * @param respectNoArchive whether posts that ask not to be archived ({@code X-No-Archive}, {@code
 *     X-Archive: no}) are not
 * @param archiveDays after how many days posts are taken out of the archive for good; 0 for never
 * @param archiveFindable whether search engines of the web may show a public archive
 */
public record ArchiveSettings(
    boolean archived,
    ArchiveAccess archiveAccess,
    boolean respectNoArchive,
    int archiveDays,
    boolean archiveFindable) {

  /** Archived for good, and public; who asks not to be archived is not. */
  public static final ArchiveSettings DEFAULT =
      new ArchiveSettings(true, ArchiveAccess.PUBLIC, true, 0, true);
}
