package org.milena.listexpander.migration.mailman2;

/** Whether mail to the request address is answered by itself. */
public enum RequestAutoReply implements Coded {
  /** It is not. */
  NONE(0),
  /** It is, and goes no further. */
  RESPOND_AND_DISCARD(1),
  /** It is, and goes on its way. */
  RESPOND(2);

  private final int code;

  RequestAutoReply(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
