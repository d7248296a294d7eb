package org.milena.listexpander.membership;

/** What shows that a member wants to leave. */
public enum Proof {
  /** Nothing: anybody may have asked. */
  NONE,
  /** The member is proven to have written the mail that asks. */
  AUTHOR,
  /** The signed link of a copy, which always suffices (RFC 8058 section 3). */
  LINK
}
