package org.milena.common.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A moderator deals with a held post. */
public sealed interface HeldChange extends ListCommand {

  /**
   * A moderator decides about a held post.
   *
   * @param force whether an author is trusted who is not proven; null for no
   */
  record DecideHeld(
      String holdId,
      HeldDecision decision,
      String comment,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean force)
      implements HeldChange {

    public DecideHeld {
      force = Boolean.TRUE.equals(force) ? true : null;
    }

    /** A decision as it is usually made. */
    public DecideHeld(String holdId, HeldDecision decision, String comment) {
      this(holdId, decision, comment, null);
    }

    /** Whether an author is trusted who is not proven. */
    public boolean forced() {
      return Boolean.TRUE.equals(force);
    }
  }

  /** What a moderator can do with a held post. */
  enum HeldDecision {
    ACCEPT,
    /** Post it, and let the author through from now on. */
    ACCEPT_AND_TRUST,
    REJECT,
    DISCARD
  }

  /**
   * A moderator begins to look at a held post, goes on with it, or takes it over.
   *
   * @param release whether the claim ends instead
   */
  record ClaimHeld(String holdId, boolean release) implements HeldChange {}

  /** A moderator takes a decision about a held post back. */
  record UndoHeld(String holdId) implements HeldChange {}
}
