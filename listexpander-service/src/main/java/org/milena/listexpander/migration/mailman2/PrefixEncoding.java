package org.milena.listexpander.migration.mailman2;

/** When the subject prefix is made an encoded word. */
public enum PrefixEncoding implements Coded {
  /** Never. */
  NEVER(0),
  /** Always. */
  ALWAYS(1),
  /** When it is not ASCII. */
  AS_NEEDED(2);

  private final int code;

  PrefixEncoding(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
