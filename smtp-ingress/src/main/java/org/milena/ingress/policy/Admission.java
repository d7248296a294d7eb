package org.milena.ingress.policy;

/** Whether a connection is let in. */
public enum Admission {
  /** It is, and counts until it is let go. */
  ADMITTED,
  /** Its network has as many as it may have. */
  NETWORK_FULL,
  /** We have as many as we can serve. */
  HOUSE_FULL
}
