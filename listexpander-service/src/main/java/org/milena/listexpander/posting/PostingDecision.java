package org.milena.listexpander.posting;

import java.util.List;

/**
 * What becomes of a post, and why.
 *
 * <p>In every case, {@code hits} are the rules that had something to say, and {@code misses} the
 * names of those that were asked and had not; both in the order of the rules.
 */
public sealed interface PostingDecision {

  /** The rules that had something to say. */
  List<RuleHit> hits();

  /** The names of the rules that were asked, and had nothing to say. */
  List<String> misses();

  /** Every reason: a sentence each, in English. */
  default List<String> reasons() {
    return RuleHit.reasons(hits());
  }

  /** It is posted now. Hits stand here only when a rule asked for it. */
  record Accept(List<RuleHit> hits, List<String> misses) implements PostingDecision {
    public Accept {
      hits = List.copyOf(hits);
      misses = List.copyOf(misses);
    }
  }

  /** It waits for a moderator. */
  record Hold(List<RuleHit> hits, List<String> misses) implements PostingDecision {
    public Hold {
      hits = List.copyOf(hits);
      misses = List.copyOf(misses);
    }
  }

  /** It goes back to its author, where that is safe. */
  record Reject(List<RuleHit> hits, List<String> misses) implements PostingDecision {
    public Reject {
      hits = List.copyOf(hits);
      misses = List.copyOf(misses);
    }
  }

  /** It is dropped; the trace knows. */
  record Discard(List<RuleHit> hits, List<String> misses) implements PostingDecision {
    public Discard {
      hits = List.copyOf(hits);
      misses = List.copyOf(misses);
    }
  }
}
