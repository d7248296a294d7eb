package org.milena.listexpander.migration.mailman2;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.milena.common.header.OneLine;

/** Collects the notes of a report; equal ones become one with a number. */
final class Notes {
  private static final int MOST = 2_000;
  private static final int LONGEST_FIELD = 80;

  /** By their form with no number. */
  private final Map<FieldNote, Integer> times = new HashMap<>();

  private int leftOff;

  void taken(String field) {
    add(new FieldNote.Taken(shown(field)));
  }

  void unknown(String field, String found) {
    add(new FieldNote.Unknown(shown(field), found));
  }

  void unreadable(String field, String expected, String found) {
    add(new FieldNote.Unreadable(shown(field), expected, found, 0));
  }

  void replaced(String field, String charset) {
    add(new FieldNote.Replaced(shown(field), charset, 0));
  }

  void dropped(String field, String reason) {
    add(new FieldNote.Dropped(shown(field), reason));
  }

  private void add(FieldNote note) {
    if (times.size() < MOST || times.containsKey(note)) {
      times.merge(note, 1, Integer::sum);
    } else {
      leftOff++;
    }
  }

  private static String shown(String field) {
    return OneLine.of(field, LONGEST_FIELD);
  }

  ReadingReport report() {
    List<FieldNote> notes = new ArrayList<>();
    times.forEach((note, count) -> notes.add(counted(note, count)));
    notes.sort(Comparator.comparing(FieldNote::field).thenComparing(FieldNote::sentence));
    return new ReadingReport(notes, leftOff);
  }

  private static FieldNote counted(FieldNote note, int count) {
    return switch (note) {
      case FieldNote.Unreadable(var field, var expected, var found, _) ->
          new FieldNote.Unreadable(field, expected, found, count);
      case FieldNote.Replaced(var field, var charset, _) ->
          new FieldNote.Replaced(field, charset, count);
      case FieldNote.Taken _, FieldNote.Unknown _, FieldNote.Dropped _ -> note;
    };
  }
}
