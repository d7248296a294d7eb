package org.milena.listexpander.migration.mailman2;

import java.util.List;

/**
 * What became of every field of a list.
 *
 * @param notes one or more for each field that was there, by name
 * @param leftOff how many more there were than a report has room for
 */
public record ReadingReport(List<FieldNote> notes, int leftOff) {
  /** Copies. */
  public ReadingReport {
    notes = List.copyOf(notes);
  }
}
