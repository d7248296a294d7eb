package org.milena.ingress.policy;

/**
 * Counts what a session does beside bringing mail, and says when it is enough. A mail taken makes
 * up for all before it.
 */
public final class Patience {
  private final Limits limits;
  private int errors;
  private int junk;
  private int authFailures;

  /** Fresh. */
  public Patience(Limits limits) {
    this.limits = limits;
  }

  /** A command was refused for good. */
  public void refused() {
    errors++;
  }

  /** A command that moves no mail. */
  public void junk() {
    junk++;
  }

  /** A login failed. */
  public void authFailed() {
    authFailures++;
  }

  /** A mail was taken. */
  public void mailTaken() {
    errors = 0;
    junk = 0;
  }

  /** Whether the session is to end. */
  public boolean exhausted() {
    return errors >= limits.errors()
        || junk > limits.junk()
        || authFailures >= limits.authFailures();
  }

  /** Whether refusals are to come slowly. */
  public boolean wearingThin() {
    return errors >= limits.slowAfterErrors();
  }
}
