package org.milena.listexpander.migration.mailman2;

/** How often a new volume begins. */
public enum Frequency implements Coded {
  /** Each year. */
  YEARLY(0),
  /** Each month. */
  MONTHLY(1),
  /** Each quarter. */
  QUARTERLY(2),
  /** Each week. */
  WEEKLY(3),
  /** Each day. */
  DAILY(4);

  private final int code;

  Frequency(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
