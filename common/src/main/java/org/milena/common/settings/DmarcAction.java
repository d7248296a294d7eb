package org.milena.common.settings;

/** What is done for a post that receivers would refuse in its author's name. */
public enum DmarcAction {
  /** Nothing. */
  NONE,
  /** {@code From} becomes the list's address; the author moves to {@code Reply-To}. */
  MUNGE,
  /** The post goes out inside a message of the list. */
  WRAP,
  /** It goes back to its author. */
  REJECT,
  /** It is dropped; the trace knows. */
  DISCARD
}
