package org.milena.scanner.authentication.dkim;

import org.milena.common.event.AuthenticationReport.Result;

/**
 * What came of a signature.
 *
 * @param reason a few words; empty when it passed
 */
public record Finding(Result result, String reason) {

  /** It is good. */
  public static final Finding PASS = new Finding(Result.PASS, "");

  /** The message, or the signature, is not what was signed. */
  static Finding fail(String reason) {
    return new Finding(Result.FAIL, reason);
  }

  /** Good perhaps, but not by our rules, or those of RFC 8301. */
  static Finding policy(String reason) {
    return new Finding(Result.POLICY, reason);
  }

  /** It can be read, and can never be verified. */
  static Finding permanent(String reason) {
    return new Finding(Result.PERMERROR, reason);
  }

  /** It cannot be read. */
  static Finding unreadable(String reason) {
    return new Finding(Result.NEUTRAL, reason);
  }

  /** Nobody knows; later perhaps. */
  static Finding temporary(String reason) {
    return new Finding(Result.TEMPERROR, reason);
  }

  /** Whether it is good. */
  public boolean passed() {
    return result == Result.PASS;
  }
}
