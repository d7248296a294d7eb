package org.milena.listexpander.migration.mailman2;

/** What joining takes. */
public enum SubscribePolicy implements Coded {
  /** Nothing. */
  OPEN(0),
  /** An answer from the address. */
  CONFIRM(1),
  /** The word of an owner. */
  APPROVE(2),
  /** Both. */
  CONFIRM_AND_APPROVE(3);

  private final int code;

  SubscribePolicy(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
