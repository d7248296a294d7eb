package org.milena.listexpander.migration.mailman2;

/** What leaving takes. */
public enum UnsubscribePolicy implements Coded {
  /** Nothing more than to ask. */
  OPEN(0),
  /** The word of an owner. */
  APPROVE(1);

  private final int code;

  UnsubscribePolicy(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
