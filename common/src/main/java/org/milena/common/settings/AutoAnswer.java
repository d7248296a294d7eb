package org.milena.common.settings;

/** Whether mail to an address of the list is answered by itself. */
public enum AutoAnswer {
  NONE,
  /** Answered, and goes on. */
  CONTINUE,
  /** Answered, and goes no further. */
  DISCARD
}
