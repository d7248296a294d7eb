package org.milena.archive.importing;

import java.util.List;

/**
 * What became of the messages of a request.
 *
 * @param read how many there were
 * @param added of those, how many are new; in a dry run, would be
 * @param present how many were there already
 * @param skipped how many are left out; {@code odd} says why
 * @param odd what is odd about them, by kind
 */
public record ImportReport(
    boolean dryRun, long read, long added, long present, long skipped, List<Odd> odd) {

  public ImportReport {
    odd = List.copyOf(odd);
  }

  /**
   * Messages that are odd in one way.
   *
   * @param examples the first few of them
   */
  public record Odd(OddKind kind, long count, List<Example> examples) {
    public Odd {
      examples = List.copyOf(examples);
    }
  }

  /**
   * An odd message.
   *
   * @param place where it stands in the other archive
   * @param text what is odd, in a few words
   */
  public record Example(String place, String text) {}
}
