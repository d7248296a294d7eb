package org.milena.common.settings;

/**
 * How held posts are dealt with.
 *
 * @param moderatorNotices how moderators hear of them
 * @param tellHeldAuthors whether a proven author is told that a post is held
 * @param holdDays after how many days nobody decided, {@code expiredHoldAction} is; 0 for never
 * @param expiredHoldAction {@link PostAction#DISCARD}, {@link PostAction#REJECT} or {@link
 *     PostAction#ACCEPT}
 */
public record ModerationSettings(
    ModeratorNotices moderatorNotices,
    boolean tellHeldAuthors,
    int holdDays,
    PostAction expiredHoldAction) {

  /** A mail for each, and for ever. */
  public static final ModerationSettings DEFAULT =
      new ModerationSettings(ModeratorNotices.EACH, true, 0, PostAction.DISCARD);
}
