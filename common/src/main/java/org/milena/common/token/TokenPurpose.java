package org.milena.common.token;

/** What a token is for; part of what is signed. */
public enum TokenPurpose {
  CONFIRM,
  UNSUBSCRIBE,
  MODERATE,
  VERP,
  PROBE,
  POST
}
