package org.milena.ingress.auth;

import java.util.List;
import org.milena.common.mail.MailAddress;

/** What became of a login. */
public sealed interface AuthOutcome {

  /**
   * Welcome.
   *
   * @param addresses those whose mail may be submitted; at least one
   */
  record Authenticated(String account, List<MailAddress> addresses) implements AuthOutcome {
    public Authenticated {
      addresses = List.copyOf(addresses);
    }
  }

  /** Name and password do not go together, or this account submits no mail; which, is not said. */
  record Rejected() implements AuthOutcome {}

  /** We can't tell now. */
  record Unavailable() implements AuthOutcome {}
}
