package org.milena.common.operations;

import java.time.Instant;
import org.milena.common.event.RecordPosition;

/** What became of the wish to send a dead letter on its way again. */
public sealed interface ReplayOutcome {

  /**
   * It is on its way, and noted as replayed.
   *
   * @param letter with the time of the replay
   * @param to where its record lies now
   */
  record Replayed(DeadLetter letter, RecordPosition to) implements ReplayOutcome {}

  /**
   * It was sent on its way before and is left alone.
   *
   * @param by the operator who did it
   */
  record AlreadyReplayed(Instant at, String by) implements ReplayOutcome {}

  /** There is no such letter. */
  record Unknown() implements ReplayOutcome {}
}
