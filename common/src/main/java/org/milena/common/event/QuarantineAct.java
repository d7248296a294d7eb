package org.milena.common.event;

import java.time.Instant;
import org.milena.common.mail.MailId;

/** What an operator did with a quarantined mail; the audit of it. */
public record QuarantineAct(MailId mailId, Act act, String by, Instant at) {

  /** What can be done. */
  public enum Act {
    RELEASED,
    DELETED
  }
}
