package org.milena.scanner.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.scanner.quarantine.QuarantineEntry.State;

/**
 * Some mails, where to go on, and how many there are.
 *
 * @param next pass it as {@code after} for the next page; null on the last one
 * @param counts of all that fit the filter, in every state
 */
record QuarantinePage(List<QuarantinedMail> items, @Nullable String next, Counts counts) {

  QuarantinePage {
    items = List.copyOf(items);
  }

  /** How many are in each state. */
  record Counts(long kept, long released, long deleted, long expired) {
    static Counts of(Map<State, Long> counts) {
      return new Counts(
          counts.getOrDefault(State.KEPT, 0L),
          counts.getOrDefault(State.RELEASED, 0L),
          counts.getOrDefault(State.DELETED, 0L),
          counts.getOrDefault(State.EXPIRED, 0L));
    }
  }
}
