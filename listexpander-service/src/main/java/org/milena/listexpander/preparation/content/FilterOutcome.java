package org.milena.listexpander.preparation.content;

import java.util.List;
import org.milena.common.event.Sentence;
import org.milena.common.mail.RawMessage;

/** What the filter of contents makes of a post. */
public sealed interface FilterOutcome {

  /** All of it may stay. */
  record Unchanged() implements FilterOutcome {}

  /**
   * Something of it may not.
   *
   * @param message what stays
   * @param changes what was taken out or changed, a few words each
   */
  record Filtered(RawMessage message, List<String> changes) implements FilterOutcome {
    public Filtered {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Nothing of it may.
   *
   * @param reason a sentence
   */
  record NothingLeft(Sentence reason) implements FilterOutcome {}
}
