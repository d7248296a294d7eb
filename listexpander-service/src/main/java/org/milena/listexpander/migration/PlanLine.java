package org.milena.listexpander.migration;

/**
 * What becomes of one field of the old list.
 *
 * @param field as the old list manager calls it
 * @param text a sentence; shows values of settings, never an address of a member
 */
public record PlanLine(String field, Fate fate, String text) {

  /** What becomes of it. */
  public enum Fate {
    /** It means the same here. */
    TAKEN,
    /** Most of it does; the sentence says what does not. */
    PARTLY,
    /** It is left behind; the sentence says why. */
    LEFT
  }
}
