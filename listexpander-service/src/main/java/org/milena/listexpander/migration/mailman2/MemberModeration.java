package org.milena.listexpander.migration.mailman2;

/** What becomes of a post of a moderated member. */
public enum MemberModeration implements Coded {
  /** A moderator decides. */
  HOLD(0),
  /** It is sent back. */
  REJECT(1),
  /** Nobody hears of it. */
  DISCARD(2);

  private final int code;

  MemberModeration(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
