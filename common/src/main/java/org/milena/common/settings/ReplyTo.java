package org.milena.common.settings;

/** Where answers to a post go. */
public enum ReplyTo {
  /** As its author says. */
  AUTHOR,
  /** To the list, and where its author says. */
  LIST,
  /** To {@code replyToAddress}, and where its author says. */
  ADDRESS,
  /** To {@code replyToAddress} alone. */
  ADDRESS_ONLY
}
