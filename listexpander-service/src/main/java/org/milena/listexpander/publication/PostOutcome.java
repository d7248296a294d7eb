package org.milena.listexpander.publication;

import java.util.List;
import org.milena.common.event.Sentence;

/** What became of a post that was accepted. */
public sealed interface PostOutcome {

  /** It is archived and on its way. */
  record Posted() implements PostOutcome {}

  /**
   * It is not, and all that follows is done: it was dropped, or the owners got it.
   *
   * @param reason a sentence
   */
  record SetAside(String reason) implements PostOutcome {}

  /** It is to be held; nothing is done yet. */
  record MustHold(List<Sentence> reasons) implements PostOutcome {
    public MustHold {
      reasons = List.copyOf(reasons);
    }
  }

  /** It is to be given back to its author; nothing is done yet. */
  record MustReject(List<Sentence> reasons) implements PostOutcome {
    public MustReject {
      reasons = List.copyOf(reasons);
    }
  }
}
