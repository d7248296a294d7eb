package org.milena.common.settings;

/** How much of a member's copy is the member's own, beside its return path and link for leaving. */
public enum Personalization {
  /** Nothing: lines of header and footer that speak of the member are left out. */
  NONE,
  /** Header and footer speak of the member. */
  TEXTS,
  /** They do, and {@code To} names the member; whom it named before stands in {@code Cc}. */
  FULL
}
