package org.milena.common.settings;

/**
 * How one leaves. Whoever holds the signed link of a copy leaves at once, whatever stands here (RFC
 * 8058 section 3).
 */
public enum UnsubscribePolicy {
  /** At once. Anybody can take anybody off. */
  OPEN,
  /** The address confirms. */
  CONFIRM,
  /** A moderator decides. */
  MODERATE,
  /** The address confirms, then a moderator decides. */
  CONFIRM_THEN_MODERATE
}
