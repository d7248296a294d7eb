package org.milena.common.settings;

/** How one joins. */
public enum SubscribePolicy {
  /** At once. For tests and closed nets: anybody can subscribe anybody. */
  OPEN,
  /** The address confirms. */
  CONFIRM,
  /** A moderator decides; the address has confirmed nothing. */
  MODERATE,
  /** The address confirms, then a moderator decides. */
  CONFIRM_THEN_MODERATE,
  /** Only owners add members. */
  CLOSED
}
