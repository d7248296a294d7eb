package org.milena.listexpander.migration.mailman2;

/** What becomes of a post of somebody who is no member. */
public enum NonmemberAction implements Coded {
  /** It is posted, if nothing else is wrong. */
  ACCEPT(0),
  /** A moderator decides. */
  HOLD(1),
  /** It is sent back. */
  REJECT(2),
  /** Nobody hears of it. */
  DISCARD(3);

  private final int code;

  NonmemberAction(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
