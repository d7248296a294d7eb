package org.milena.listexpander.migration.mailman2;

/** What a rule about header fields decides. */
public enum HeaderRuleAction implements Coded {
  /** Nothing: the rule is off. */
  DEFER(0),
  /** The post is sent back. */
  REJECT(2),
  /** Nobody hears of it. */
  DISCARD(3),
  /** It is posted. */
  ACCEPT(6),
  /** A moderator decides. */
  HOLD(7);

  private final int code;

  HeaderRuleAction(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
