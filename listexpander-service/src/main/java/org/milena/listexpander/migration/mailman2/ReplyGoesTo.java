package org.milena.listexpander.migration.mailman2;

/** Where replies are pointed to. */
public enum ReplyGoesTo implements Coded {
  /** Nothing is added: to the author. */
  AUTHOR(0),
  /** The list. */
  LIST(1),
  /** An address of its own. */
  ADDRESS(2);

  private final int code;

  ReplyGoesTo(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
