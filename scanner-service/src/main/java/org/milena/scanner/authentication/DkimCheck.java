package org.milena.scanner.authentication;

import java.util.List;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.mail.RawMessage;

/** Whether the signatures of a message hold (RFC 6376). */
@FunctionalInterface
public interface DkimCheck {

  /** Each signature, from top to bottom. */
  List<Signature> verify(RawMessage message);
}
