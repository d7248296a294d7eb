package org.milena.listexpander.migration.mailman2;

/** What becomes of a post of which no content is left. */
public enum FilterAction implements Coded {
  /** Nobody hears of it. */
  DISCARD(0),
  /** It is sent back. */
  REJECT(1),
  /** The owners get it. */
  FORWARD(2),
  /** It is put aside on the host. */
  PRESERVE(3);

  private final int code;

  FilterAction(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
