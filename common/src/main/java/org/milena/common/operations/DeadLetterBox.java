package org.milena.common.operations;

import java.util.List;
import java.util.Optional;

/** The records that were set aside, and the way back. */
public interface DeadLetterBox {

  /**
   * Up to {@code limit} letters behind {@code after} (an id; empty to begin), oldest first.
   *
   * @throws org.milena.common.failure.OutageException when the broker does not answer
   */
  List<DeadLetter> list(String after, int limit);

  /**
   * Sends a letter to the topic and partition it came from again. A second replay of the same
   * letter is refused, so that nothing is doubled by a double click.
   *
   * @param by the operator; noted
   * @return what was replayed; empty when there is no such letter
   * @throws IllegalStateException when it was replayed before
   */
  Optional<DeadLetter> replay(String id, String by);
}
