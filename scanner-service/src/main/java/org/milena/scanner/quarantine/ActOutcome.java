package org.milena.scanner.quarantine;

/** What became of an operator's wish. */
public sealed interface ActOutcome {

  /** It is so now, by this act or by an equal one before. */
  record Done(QuarantineEntry entry) implements ActOutcome {}

  /** Somebody did the opposite before. */
  record Decided(QuarantineEntry entry) implements ActOutcome {}

  /** There is no such mail, or no longer. */
  record Unknown() implements ActOutcome {}

  /** It is for a role of the site, and nobody fills that. */
  record NobodyToReceive() implements ActOutcome {}
}
