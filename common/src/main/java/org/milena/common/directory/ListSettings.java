package org.milena.common.directory;

/**
 * What an owner can set.
 *
 * @param subscribePolicy what happens when somebody asks to join
 * @param nonMemberAction what happens to posts of those who are no members
 * @param memberAction what happens to posts of members who have no action of their own
 * @param archiveAccess who may read the archive
 * @param archived whether posts are archived at all
 * @param maxSize largest post, bytes; 0 for the site's limit
 * @param verp whether each recipient gets an own return path
 */
public record ListSettings(
    SubscribePolicy subscribePolicy,
    PostAction nonMemberAction,
    PostAction memberAction,
    ArchiveAccess archiveAccess,
    boolean archived,
    int maxSize,
    boolean verp) {

  /** A discussion list: members post, others are held, joining is confirmed, archive public. */
  public static final ListSettings DISCUSSION =
      new ListSettings(
          SubscribePolicy.CONFIRM,
          PostAction.HOLD,
          PostAction.DEFER,
          ArchiveAccess.PUBLIC,
          true,
          0,
          true);

  /** How one joins. */
  public enum SubscribePolicy {
    /** At once. For tests and closed nets: anybody can subscribe anybody. */
    OPEN,
    /** The address confirms. */
    CONFIRM,
    /** Only owners add members. */
    CLOSED
  }

  /** Who reads the archive. */
  public enum ArchiveAccess {
    PUBLIC,
    MEMBERS
  }
}
