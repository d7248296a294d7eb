package org.milena.listexpander.migration.mailman2;

/** What is done to the author of a post, or to the post, because of DMARC. */
public enum DmarcAction implements Coded {
  /** Nothing. */
  NONE(0),
  /** The list becomes the author. */
  MUNGE_FROM(1),
  /** The post becomes an attachment. */
  WRAP(2),
  /** It is sent back. */
  REJECT(3),
  /** Nobody hears of it. */
  DISCARD(4);

  private final int code;

  DmarcAction(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
