package org.milena.listexpander.migration.mailman2;

/** Whether a member gets mail, and who turned it off. */
public enum DeliveryStatus implements Coded {
  /** Gets mail. */
  ENABLED(0),
  /** Off, nobody knows why: turned off before Mailman 2.1. */
  UNKNOWN(1),
  /** The member turned it off. */
  BY_USER(2),
  /** An owner did. */
  BY_ADMIN(3),
  /** Too much mail came back. */
  BY_BOUNCE(4);

  private final int code;

  DeliveryStatus(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
