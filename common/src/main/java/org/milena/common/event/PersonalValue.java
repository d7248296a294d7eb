package org.milena.common.event;

/** What a copy can say of its recipient. */
public enum PersonalValue {
  /** The address. */
  EMAIL,
  /** The name; may be empty. */
  NAME,
  /** The name, or the address where there is none. */
  NAME_OR_EMAIL,
  /** The address of the page for leaving. */
  LEAVE_URL
}
