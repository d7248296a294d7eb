package org.milena.scanner.authentication;

import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.mail.RawMessage;

/** Whether the chain of a message holds (RFC 8617). */
@FunctionalInterface
public interface ArcCheck {

  /** The chain as a whole. */
  Arc validate(RawMessage message);
}
