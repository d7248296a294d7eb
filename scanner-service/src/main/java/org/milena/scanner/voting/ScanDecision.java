package org.milena.scanner.voting;

import org.milena.common.event.ScanReport.Passage;
import org.milena.common.event.ScanReport.Verdict;

/** What is made of the words of all engines. */
public sealed interface ScanDecision {

  /**
   * It is known what the mail is.
   *
   * @param passage whether it may go on
   */
  record Decided(Verdict verdict, Passage passage) implements ScanDecision {}

  /**
   * Nothing is known yet: an engine is out.
   *
   * @param reason a sentence for the operator
   */
  record Wait(String reason) implements ScanDecision {}
}
