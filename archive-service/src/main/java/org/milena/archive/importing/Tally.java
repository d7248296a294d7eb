package org.milena.archive.importing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.milena.archive.importing.ImportReport.Example;
import org.milena.archive.importing.ImportReport.Odd;
import org.milena.common.header.OneLine;

/** Counts towards a report. */
final class Tally {
  private static final int MAX_EXAMPLES = 5;
  private static final int MAX_TEXT = 300;

  private final boolean dryRun;
  private final Map<OddKind, Count> odd = new EnumMap<>(OddKind.class);
  private long read;
  private long added;
  private long present;
  private long skipped;

  private static final class Count {
    private final List<Example> examples = new ArrayList<>();
    private long count;
  }

  Tally(boolean dryRun) {
    this.dryRun = dryRun;
  }

  void read() {
    read++;
  }

  void added() {
    added++;
  }

  void present() {
    present++;
  }

  void skipped(OddKind kind, String place, String text) {
    skipped++;
    odd(kind, place, text);
  }

  void odd(OddKind kind, String place, String text) {
    Count of = odd.computeIfAbsent(kind, _ -> new Count());
    of.count++;
    if (of.examples.size() < MAX_EXAMPLES) {
      of.examples.add(new Example(OneLine.of(place, MAX_TEXT), OneLine.of(text, MAX_TEXT)));
    }
  }

  ImportReport report() {
    return new ImportReport(
        dryRun,
        read,
        added,
        present,
        skipped,
        odd.entrySet().stream()
            .map(
                entry -> new Odd(entry.getKey(), entry.getValue().count, entry.getValue().examples))
            .toList());
  }
}
