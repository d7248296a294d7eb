package org.milena.listexpander.migration.pickle;

/** What became of octets that should have been a pickle. */
public sealed interface PickleResult {

  /** They are one, of plain values only. */
  record Read(PickleValue value) implements PickleResult {}

  /**
   * They are not, or hold something that is not read.
   *
   * @param reason a sentence for a human; never repeats a text of the pickle, but for the names of
   *     classes
   * @param offset of the octet that told, from 0
   */
  record Refused(String reason, int offset) implements PickleResult {}
}
