package org.milena.common.settings;

/** What a moderation rule does with a post, as Mailman names it. */
public enum PostAction {
  /** Post it now. */
  ACCEPT,
  /** This rule says nothing; the later ones decide. */
  DEFER,
  /** Keep it for a moderator. */
  HOLD,
  /** Give it back to its author with the reasons. */
  REJECT,
  /** Drop it; only the trace knows. */
  DISCARD
}
