package org.milena.scanner.quarantine;

import org.milena.common.event.ScanReport;

/** What became of an operator's wish. */
public sealed interface ActOutcome {

  /** It is so now, by this act or by an equal one before. */
  record Done(QuarantineEntry entry) implements ActOutcome {}

  /** It is noted, and a second operator must want the same. */
  record Proposed(QuarantineEntry entry) implements ActOutcome {}

  /** Somebody did the opposite before. */
  record Decided(QuarantineEntry entry) implements ActOutcome {}

  /**
   * The engines, asked again, still call it infected.
   *
   * @param now what they say
   */
  record StillInfected(QuarantineEntry entry, ScanReport now) implements ActOutcome {}

  /** It was kept for as long as mail is kept. */
  record Expired(QuarantineEntry entry) implements ActOutcome {}

  /** There is no such mail, or no longer. */
  record Unknown() implements ActOutcome {}

  /** It is for a role of the site, and nobody fills that. */
  record NobodyToReceive() implements ActOutcome {}
}
