package org.milena.common.directory;

import static java.util.Objects.requireNonNullElse;

import org.jspecify.annotations.Nullable;

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
 * @param unprovenAction what happens to a member's post when nothing proves that its author sent
 *     it, and nothing speaks against it; see {@link Authorship}
 * @param disownedAction what happens to a post whose author's domain says that it is not from there
 * @param suspectAction what happens to a post that the spam filter would mark
 * @param scanPolicy what the scanner makes of its engines' words here; null for the site's.
 *     Operators only
 */
public record ListSettings(
    SubscribePolicy subscribePolicy,
    PostAction nonMemberAction,
    PostAction memberAction,
    ArchiveAccess archiveAccess,
    boolean archived,
    int maxSize,
    boolean verp,
    PostAction unprovenAction,
    PostAction disownedAction,
    PostAction suspectAction,
    @Nullable ScanPolicy scanPolicy) {

  /** What an older record leaves open is as by default. */
  public ListSettings {
    unprovenAction = requireNonNullElse(unprovenAction, PostAction.DEFER);
    disownedAction = requireNonNullElse(disownedAction, PostAction.HOLD);
    suspectAction = requireNonNullElse(suspectAction, PostAction.HOLD);
  }

  /** A discussion list: members post, others are held, joining is confirmed, archive public. */
  public static final ListSettings DISCUSSION =
      new ListSettings(
          SubscribePolicy.CONFIRM,
          PostAction.HOLD,
          PostAction.DEFER,
          ArchiveAccess.PUBLIC,
          true,
          0,
          true,
          PostAction.DEFER,
          PostAction.HOLD,
          PostAction.HOLD,
          null);

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
