package org.milena.common.directory;

/** What somebody is to a list. One address may hold several. */
public enum MemberRole {
  /** Gets the posts and may post. */
  MEMBER,
  /** Changes the list's settings and members; moderates too. */
  OWNER,
  /** Decides about held posts. */
  MODERATOR,
  /** Known, gets nothing; posts are treated as the non-member rules say. */
  NONMEMBER
}
