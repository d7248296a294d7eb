package org.milena.listexpander.migration.mailman2;

/** What became of octets that should have been a Mailman 2.1 list. */
public sealed interface Mailman2Reading {

  /** They are one. */
  record Read(Mailman2List list, ReadingReport report) implements Mailman2Reading {}

  /**
   * They are not, or hold more than plain values.
   *
   * @param reason a sentence for a human
   * @param offset of the octet that told
   */
  record Refused(String reason, int offset) implements Mailman2Reading {}
}
