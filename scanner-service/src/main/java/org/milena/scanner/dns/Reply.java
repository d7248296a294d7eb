package org.milena.scanner.dns;

import org.xbill.DNS.Message;

/** What came of asking the name servers. */
sealed interface Reply {

  /** One of them said what there is, or that there is nothing. */
  record Said(Message message) implements Reply {}

  /** They answered and do not know: SERVFAIL, REFUSED and the like. */
  record Helpless(String reason) implements Reply {}

  /** None answered in time. */
  record Silence(String reason) implements Reply {}

  /** None has answered for a while, so none was asked. */
  record NotAsked() implements Reply {}
}
