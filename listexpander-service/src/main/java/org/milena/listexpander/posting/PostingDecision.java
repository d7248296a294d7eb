package org.milena.listexpander.posting;

import java.util.List;

/** What becomes of a post, and why: each reason is a sentence, in the order of the rules. */
public sealed interface PostingDecision {

  /** Every reason. */
  List<String> reasons();

  /** It is posted now. Reasons stand here only when a rule asked for it. */
  record Accept(List<String> reasons) implements PostingDecision {
    public Accept {
      reasons = List.copyOf(reasons);
    }
  }

  /** It waits for a moderator. */
  record Hold(List<String> reasons) implements PostingDecision {
    public Hold {
      reasons = List.copyOf(reasons);
    }
  }

  /** It goes back to its author, where that is safe. */
  record Reject(List<String> reasons) implements PostingDecision {
    public Reject {
      reasons = List.copyOf(reasons);
    }
  }

  /** It is dropped; the trace knows. */
  record Discard(List<String> reasons) implements PostingDecision {
    public Discard {
      reasons = List.copyOf(reasons);
    }
  }
}
