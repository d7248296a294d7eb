package org.milena.egress.session;

import org.milena.egress.outcome.Happening;

/** A connection does not serve any more. */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1;

  private final Happening.Cause why;

  /** With a sentence that may be shown to people. */
  public WireException(Happening.Cause why, String detail) {
    super(detail);
    this.why = why;
  }

  /** With its cause. */
  public WireException(Happening.Cause why, String detail, Throwable cause) {
    super(detail, cause);
    this.why = why;
  }

  /** What kind of failure. */
  public Happening.Cause why() {
    return why;
  }

  /** The sentence. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
