package org.milena.standalone.source;

/** What can be odd about an archive. */
public enum SourceOdd {
  /** A line begins like the first of a message, and is text. Taken as text. */
  UNESCAPED_FROM(false),
  /** A message is larger than any server takes. Left out. */
  TOO_LARGE(true),
  /** A file or document is no message. Left out. */
  NOT_A_MESSAGE(true),
  /** The archive knows of a message and does not have it. Left out. */
  MISSING(true),
  /** A page that names no message. Its old URL leads nowhere. */
  PAGE_WITHOUT_MESSAGE(false),
  /** It was private, and is not asked for. Left out. */
  PRIVATE(true);

  private final boolean leftOut;

  SourceOdd(boolean leftOut) {
    this.leftOut = leftOut;
  }

  /** Whether a message is left out for it. */
  public boolean leftOut() {
    return leftOut;
  }
}
