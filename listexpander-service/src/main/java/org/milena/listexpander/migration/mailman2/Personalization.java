package org.milena.listexpander.migration.mailman2;

/** Whether each member gets a copy of their own. */
public enum Personalization implements Coded {
  /** No. */
  NONE(0),
  /** Yes, with texts for each. */
  INDIVIDUAL(1),
  /** Yes, and it is addressed to the member. */
  FULL(2);

  private final int code;

  Personalization(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
