package org.milena.listexpander.migration.mailman2;

/** Who may see who is on the list. */
public enum RosterAccess implements Coded {
  /** Everybody. */
  ANYONE(0),
  /** Members. */
  MEMBERS(1),
  /** Owners and moderators. */
  OWNERS(2);

  private final int code;

  RosterAccess(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
