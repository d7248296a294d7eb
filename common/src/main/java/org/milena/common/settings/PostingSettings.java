package org.milena.common.settings;

import java.util.List;

/**
 * Who may post, and what.
 *
 * <p>Patterns of addresses are an address, {@code ^} and a regular expression (RE2) for the whole
 * address without regard to case, or {@code @users@lists.example.org}: the members of another list.
 *
 * @param memberAction what happens to posts of members who have no action of their own
 * @param nonMemberAction what happens to posts of others
 * @param acceptNonMembers patterns of others who post as members do
 * @param holdNonMembers patterns of others whose posts are held
 * @param rejectNonMembers patterns of others whose posts are rejected
 * @param discardNonMembers patterns of others whose posts are discarded
 * @param emergency whether every post is held
 * @param unprovenAction what happens to a member's post when nothing proves that its author sent
 *     it, and nothing speaks against it; see {@code Authorship}
 * @param disownedAction what happens to a post whose author's domain says that it is not from there
 * @param suspectAction what happens to a post that the spam filter would mark
 * @param maxSize largest post that is not held, octets; 0 for the site's limit
 * @param maxRecipients from how many addresses in {@code To} and {@code Cc} a post is held; 0 for
 *     no limit
 * @param requireListAddress whether a post is held that does not name the list in {@code To} or
 *     {@code Cc}
 * @param acceptableAliases patterns of addresses that stand for the list's there
 * @param administrivia whether a post is held that looks like a command
 * @param holdWithoutSubject whether a post without a subject is held
 * @param holdDigestReplies whether a post is held that answers or quotes a whole digest
 * @param headerFilters what happens to posts by their header; in their order, before the rules for
 *     non-members
 * @param firstPostsHeld how many posts of a new member are held
 * @param postsPerHour from how many posts of one author within an hour the next are held; 0 for no
 *     limit
 * @param threadPostsPerHour likewise for one thread
 */
public record PostingSettings(
    PostAction memberAction,
    PostAction nonMemberAction,
    List<String> acceptNonMembers,
    List<String> holdNonMembers,
    List<String> rejectNonMembers,
    List<String> discardNonMembers,
    boolean emergency,
    PostAction unprovenAction,
    PostAction disownedAction,
    PostAction suspectAction,
    int maxSize,
    int maxRecipients,
    boolean requireListAddress,
    List<String> acceptableAliases,
    boolean administrivia,
    boolean holdWithoutSubject,
    boolean holdDigestReplies,
    List<HeaderFilter> headerFilters,
    int firstPostsHeld,
    int postsPerHour,
    int threadPostsPerHour) {

  /** Members post, others are held. */
  public static final PostingSettings DEFAULT =
      new PostingSettings(
          PostAction.DEFER,
          PostAction.HOLD,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          false,
          PostAction.DEFER,
          PostAction.HOLD,
          PostAction.HOLD,
          0,
          10,
          true,
          List.of(),
          true,
          true,
          true,
          List.of(),
          0,
          0,
          0);

  public PostingSettings {
    acceptNonMembers = List.copyOf(acceptNonMembers);
    holdNonMembers = List.copyOf(holdNonMembers);
    rejectNonMembers = List.copyOf(rejectNonMembers);
    discardNonMembers = List.copyOf(discardNonMembers);
    acceptableAliases = List.copyOf(acceptableAliases);
    headerFilters = List.copyOf(headerFilters);
  }
}
