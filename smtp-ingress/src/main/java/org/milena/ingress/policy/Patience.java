package org.milena.ingress.policy;

/**
 * Counts what a session does beside bringing mail, and says when it is enough. A mail taken makes
 * up for all before it.
 */
public final class Patience {
  private final Limits limits;
  private int errors;
  private int junk;
  private int fruitless;
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

  /** A command was put off, or asked for what was there already. */
  public void fruitless() {
    fruitless++;
  }

  /** A login failed. */
  public void authFailed() {
    authFailures++;
  }

  /** A mail was taken. */
  public void mailTaken() {
    errors = 0;
    junk = 0;
    fruitless = 0;
  }

  /** Whether the session is to end. */
  public boolean exhausted() {
    return errors >= limits.errors()
        || junk > limits.junk()
        // as many as a client may have sent before it read the first answer: a whole transaction's
        // recipients, each put off while our view is old
        || fruitless > limits.recipients()
        || authFailures >= limits.authFailures();
  }

  /** Whether refusals are to come slowly. */
  public boolean wearingThin() {
    return errors >= limits.slowAfterErrors();
  }
}
