package org.milena.common.settings;

/** What becomes of a post of which the filter of contents leaves nothing. */
public enum FilterAction {
  /** It is dropped; the trace knows. */
  DISCARD,
  /** It goes back to its author, where that is safe. */
  REJECT,
  /** The owners get it. */
  FORWARD,
  /** It waits for a moderator. */
  HOLD
}
