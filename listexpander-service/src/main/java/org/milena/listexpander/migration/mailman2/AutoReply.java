package org.milena.listexpander.migration.mailman2;

/** Whether mail to an address of the list is answered by itself (to posts and owners). */
public enum AutoReply implements Coded {
  /** It is not. */
  NONE(0),
  /** It is, and goes on its way. */
  RESPOND(1);

  private final int code;

  AutoReply(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
