package org.milena.listexpander.preparation.dmarc;

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

  /** The post goes back to its author. */
  record Reject(String reason) implements DmarcDecision {}

  /** It is dropped. */
  record Discard(String reason) implements DmarcDecision {}
}
