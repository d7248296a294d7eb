package org.milena.common.operations;

import java.util.List;

/** The records that were set aside, and the way back. */
public interface DeadLetterBox {

  /**
   * Up to {@code limit} letters behind {@code after} (an id; empty to begin), oldest first.
   *
   * @throws org.milena.common.failure.OutageException when the broker does not answer
   */
  List<DeadLetter> list(String after, int limit);

  /**
   * The {@code limit} newest letters, newest first.
   *
   * @throws org.milena.common.failure.OutageException when the broker does not answer
   */
  List<DeadLetter> newest(int limit);

  /**
   * Sends a letter to the topic and partition it came from again, and notes that: both happen, or
   * neither. A letter goes on its way once, so that nothing is doubled by a double click, on this
   * instance or on another one.
   *
   * @param by the operator; noted
   * @throws org.milena.common.failure.OutageException when the broker does not answer, or somebody
   *     else replays at this moment; to try again is harmless
   */
  ReplayOutcome replay(String id, String by);
}
