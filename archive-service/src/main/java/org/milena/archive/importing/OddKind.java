package org.milena.archive.importing;

/** What can be odd about a message. */
public enum OddKind {
  /** It has no Message-ID; answers to it find it by its other names only. Taken. */
  NO_MESSAGE_ID,
  /** The list has another message under its Message-ID. Taken, as a post of its own. */
  SAME_MESSAGE_ID,
  /** It says that it is a post of this archive, which has other octets. Taken, as another post. */
  OTHER_CONTENT,
  /** It has no date that can be read. Taken, under the time of its arrival or of its neighbour. */
  NO_DATE,
  /** Its date cannot be true. Taken, under the time of its arrival. */
  ODD_DATE,
  /** Something in it cannot be read. Taken, octet for octet. */
  DEFECTS,
  /** It is larger than a mail may be here. Left out. */
  TOO_LARGE,
  /** It has no field that a mail has. Left out. */
  NOT_A_MESSAGE,
  /** It was private, and the archive here is public. Left out. */
  PRIVATE,
  /** It was taken out of this archive. Left out. */
  REMOVED
}
