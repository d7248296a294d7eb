package org.milena.common.status;

/** Whether a failure lasts (RFC 5321 section 4.2.1). */
public enum Permanence {
  /** 5yz: the same again can never succeed. */
  PERMANENT,
  /** 4yz: waiting may help. */
  TRANSIENT
}
