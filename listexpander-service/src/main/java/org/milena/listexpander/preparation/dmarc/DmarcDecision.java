package org.milena.listexpander.preparation.dmarc;

import org.milena.common.event.Sentence;

/** What is done for DMARC, and why: a sentence for the story of the post. */
public sealed interface DmarcDecision {

  /** Why. */
  String reason();

  /** The copies go out as they are. */
  record Pass(String reason) implements DmarcDecision {}

  /** They go out in the list's name. */
  record Munge(String reason) implements DmarcDecision {}

  /** They go out inside a message of the list. */
  record Wrap(String reason) implements DmarcDecision {}

  /** The post goes back to its author, who is told why. */
  record Reject(Sentence why) implements DmarcDecision {
    @Override
    public String reason() {
      return why.text();
    }
  }

  /** It is dropped. */
  record Discard(String reason) implements DmarcDecision {}
}
