package org.milena.listexpander.posting;

/** What the moderators' password on a post is worth. */
public enum Approval {
  /** There is none, or the list has no password. */
  NONE,
  /** It is the list's. */
  RIGHT,
  /** It is not. */
  WRONG,
  /** Nobody looked: too many were wrong, or it could not be taken out of what is posted. */
  UNCHECKED
}
