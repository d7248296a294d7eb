package org.milena.ingress.auth;

import org.milena.common.mail.MailAddress;

/** What became of a login. */
public sealed interface AuthOutcome {

  /**
   * Welcome.
   *
   * @param address the one whose mail may be submitted
   */
  record Authenticated(String account, MailAddress address) implements AuthOutcome {}

  /** Name and password do not go together, or this account submits no mail; which, is not said. */
  record Rejected() implements AuthOutcome {}

  /** We can't tell now. */
  record Unavailable() implements AuthOutcome {}
}
